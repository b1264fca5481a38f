"""The socket that requests come in at, and the thread that answers them."""

from __future__ import annotations

import errno
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import uvicorn
from starlette.types import ASGIApp

from harness.errors import UsageError
from harness.files import reason
from harness.urls import PORTS, place

_GRACE_SECONDS = 5
_EVERYWHERE = ("0.0.0.0", "::", "")


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 is any that is free. Raises `UsageError`."""
    try:
        kind, _, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(address[:2], family=kind, backlog=2048)
    except OSError as error:
        other = error.errno in (errno.EACCES, errno.EADDRINUSE)
        more = "; choose another one with --port" if other else ""
        why = reason(error).partition(" (")[0]  # Python adds the address, once more
        raise UsageError(f"cannot listen on {host} port {port}: {why}{more}") from None


def base(url: str | None, host: str, port: int) -> str:
    """Where browsers reach the server, as they write it; `url` is what its operator says.

    Raises `UsageError`.
    """
    if url is None:
        if host in _EVERYWHERE:
            raise UsageError(
                f"with --host {host}, say with --url how browsers reach the server, such as "
                f"--url http://{socket.gethostname()}:{port}"
            )
        url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    try:
        parts = urlsplit(url)
        name, given = parts.hostname, parts.port
    except ValueError:
        name = None
    if not name or parts.scheme not in PORTS or parts.path.strip("/") or parts.query:
        raise UsageError(
            f"expected an address such as https://judge.example.org for --url, found {url!r}: a "
            "scheme, a name and perhaps a port, and no path"
        )
    return f"{parts.scheme}://{place(parts.scheme, name, given)}"


@dataclass(slots=True)
class Listener:
    """Answers what comes in at a socket, on a thread, while its context lasts.

    Of `trusted` addresses it believes who it is that they ask for (`X-Forwarded-For`).
    """

    application: ASGIApp
    listening: socket.socket
    trusted: Sequence[str] = ()
    _server: uvicorn.Server = field(init=False)
    _thread: threading.Thread = field(init=False)

    def __enter__(self) -> Self:
        """Start answering."""
        config = uvicorn.Config(
            self.application,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="none",
            proxy_headers=bool(self.trusted),
            forwarded_allow_ips=list(self.trusted),
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self.listening],))
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Take no more, and answer what has come in already."""
        self._server.should_exit = True
        self._thread.join()

    @property
    def alive(self) -> bool:
        """Whether it answers still."""
        return self._thread.is_alive()

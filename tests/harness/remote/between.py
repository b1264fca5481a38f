"""What stands between a client and a server in a test, and can cut the line."""

from __future__ import annotations

import select
import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


class Between:
    """Passes on what a client and the server at `url` send each other. Use as a context manager.

    `cut_after` is how often something is to be seen in what the server sends before the line is cut
    there, and `left` how often still; `heard` is all that clients sent, who think that this is the
    server.
    """

    def __init__(self, url: str, seen: bytes, cut_after: int) -> None:
        parts = urlsplit(url)
        self._target = (parts.hostname or "", parts.port or 0)
        self._seen = seen
        self.left = cut_after
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)
        self.heard = b""
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self._own = urlsplit(self.url).netloc.encode()
        self._other = parts.netloc.encode()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listening.close()

    def _serve(self) -> None:
        threads: list[threading.Thread] = []
        with suppress(OSError):  # when it is shut down
            while True:
                client, _ = self._listening.accept()
                threads.append(threading.Thread(target=self._pass_on, args=(client,)))
                threads[-1].start()
        for thread in threads:
            thread.join()

    def _pass_on(self, client: socket.socket) -> None:
        with client, socket.create_connection(self._target) as server, suppress(OSError):
            while True:
                ready, _, _ = select.select([client, server], [], [])
                for side in ready:
                    data = side.recv(65536)
                    if not data or (side is server and self._cuts(data)):
                        return
                    if side is client:
                        data = data.replace(self._own, self._other)
                        self.heard += data
                    (server if side is client else client).sendall(data)

    def _cuts(self, data: bytes) -> bool:
        if self.left and self._seen in data:
            self.left -= 1
            return self.left == 0
        return False

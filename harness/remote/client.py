"""A client of one server: asks again where that may help, and says so."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import quote, urlencode

from harness.remote.exchange import Later, answered, exchange, home, opened, told

if TYPE_CHECKING:
    import httpx2

_BUSY_SECONDS = 600.0
_LONGEST_PAUSE = 8.0


def _silent(text: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Client:
    """Asks a server, as a user where it has a token. Use it as a context manager.

    Where the connection is lost it tries again for `patience` seconds; where the server says when
    to ask again, it does so then. `notice` is told why it waits.
    """

    http: httpx2.Client
    patience: float = 8.0
    notice: Callable[[str], None] = _silent

    @classmethod
    def of(cls, url: str, token: str = "") -> Client:
        """A client of the server at an address; raises `UsageError` where there can be none."""
        return cls(opened(url, token))

    @property
    def url(self) -> str:
        """Where the server is."""
        return home(self.http)

    def __enter__(self) -> Self:
        """Nothing is sent yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the connections."""
        self.http.close()

    def get(self, path: str, **query: str | int | None) -> Any:
        """Read something; raises `Later`, `Refused` and `MachineError`."""
        given = {name: value for name, value in query.items() if value not in (None, "")}
        return self._ask("GET", f"{path}?{urlencode(given)}" if given else path, None, {})

    def post(self, path: str, body: object, key: str = "") -> Any:
        """Send something, which is done once for a `key`; raises as `get` does."""
        return self._ask("POST", path, body, {"Idempotency-Key": key} if key else {})

    def delete(self, path: str) -> None:
        """Take something away; raises as `get` does."""
        self._ask("DELETE", path, None, {})

    @contextmanager
    def events(self, path: str, last: str) -> Iterator[Iterator[httpx2.ServerSentEvent]]:
        """The events after the one with the id `last`, as they happen; raises as `get` does.

        Trying again is up to the caller, who knows which one was the last.
        """
        headers = {"Last-Event-ID": last} if last else {}
        with told(self.url), self.http.sse(path, headers=headers, timeout=45) as source:
            if not source.response.is_success:
                answered(self.url, source.response)
            yield iter(source)

    def _ask(self, method: str, path: str, body: object, headers: Mapping[str, str]) -> Any:
        began, tried = time.monotonic(), 0
        while True:
            try:
                return exchange(self.http, method, path, body, headers)
            except Later as later:
                told_to = later.after is not None
                pause = later.after or min(_LONGEST_PAUSE, 0.5 * 2**tried)
                waited = time.monotonic() - began
                if waited + pause > (_BUSY_SECONDS if told_to and self.patience else self.patience):
                    raise
                self.notice(f"{later}; trying again {_in(pause)}")
                time.sleep(pause)
                tried += 1


def _in(seconds: float) -> str:
    return f"in {seconds:.0f} s" if seconds >= 1 else "at once"


def path(*parts: str) -> str:
    """A path below the API's, of parts that may hold anything."""
    return "/" + "/".join(quote(part, safe="") for part in parts)

"""Requests for another host are not answered: a name somebody points here is not this site's."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_PORTS = {"http": 80, "https": 443}
# What asks for these knows a machine by its address only, and they tell nothing of any user.
_ANY = ("/healthz", "/metrics")


class Hosts:
    """Lets through what is asked of the host and port of a site's `url`."""

    def __init__(self, application: ASGIApp, url: str) -> None:
        self._application = application
        self._scheme = urlsplit(url).scheme
        self._own = self._host(urlsplit(url).netloc)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http" and scope["path"] not in _ANY:
            asked = Headers(scope=scope).getlist("host")
            if len(asked) != 1 or self._host(asked[0]) != self._own:
                answer = PlainTextResponse("this host is not served here\n", 400)
                await answer(scope, receive, send)
                return
        await self._application(scope, receive, send)

    def _host(self, given: str) -> tuple[str | None, int | None] | None:
        try:
            parts = urlsplit(f"//{given}")
            return parts.hostname, parts.port or _PORTS.get(self._scheme)
        except ValueError:
            return None

"""Requests for another host are not answered: a name somebody points here is not this site's."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from harness.urls import Origin, origin

# What asks for these knows a machine by its address only, and they tell nothing of any user.
_ANY = ("/healthz", "/metrics")
# All are this machine and no other: who asks one for a page is sent to the one that is used.
_HERE = frozenset(("localhost", "127.0.0.1", "::1"))


class Hosts:
    """Lets through what is asked of the host and port of a site's `url`."""

    def __init__(self, application: ASGIApp, url: str) -> None:
        self._application = application
        self._url = url
        self._scheme = urlsplit(url).scheme
        self._own = origin(url)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http" and scope["path"] not in _ANY:
            asked = Headers(scope=scope).getlist("host")
            host = origin(f"{self._scheme}://{asked[0]}") if len(asked) == 1 else None
            if host != self._own:
                await self._elsewhere(scope, host)(scope, receive, send)
                return
        await self._application(scope, receive, send)

    def _elsewhere(self, scope: Scope, host: Origin | None) -> Response:
        """The answer to who asks another host."""
        names = {each[1] for each in (host, self._own) if each is not None}
        ports = {each[2] for each in (host, self._own) if each is not None}
        if names <= _HERE and len(ports) == 1 and scope["method"] in ("GET", "HEAD"):
            query = scope["query_string"].decode("ascii", "replace")
            path = scope["raw_path"].decode("ascii", "replace").lstrip("/")
            return RedirectResponse(f"{self._url}/{path}{'?' * bool(query)}{query}", 307)
        where = f"this host is not served here: ask {self._url}\n"
        return PlainTextResponse(where, 400)

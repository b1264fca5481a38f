"""Writes down every request that was answered, and measures it."""

from __future__ import annotations

import re
import time
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from harness.log import logger
from harness.web.meter import Meter

_SUBMISSION = re.compile(r"(?:/api/v\d+)?/submissions/([0-9a-z]+)\b")
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_QUIET = ("/healthz", "/metrics")  # asked for all the time, by programs


class Journal:
    """Log lines and metrics of what an application answers."""

    def __init__(self, application: ASGIApp, meter: Meter) -> None:
        self._application = application
        self._meter = meter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        began = time.perf_counter()
        status, location = 500, ""

        async def sending(message: Message) -> None:
            nonlocal status, location
            if message["type"] == "http.response.start":
                status = message["status"]
                location = Headers(raw=message["headers"]).get("location", "")
            await send(message)

        try:
            await self._application(scope, receive, sending)
        finally:
            self._note(scope, status, location, time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, location: str, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "other"
        route = getattr(scope.get("route"), "path", "none")
        self._meter.answered(method, route, status, seconds)
        path = quote(scope["path"])  # it may have anything in it
        if path in _QUIET and status < 400:
            return
        about = {"user": scope.get("state", {}).get("user"), "submission": _named(path, location)}
        log = logger(**{name: value for name, value in about.items() if value})
        write = log.error if status >= 500 else log.info
        write("answered", method=method, path=path, status=status, ms=round(seconds * 1000, 1))


def _named(path: str, location: str) -> str | None:
    """The submission that a request was about, or that it made."""
    found = _SUBMISSION.match(path) or _SUBMISSION.match(location)
    return found[1] if found else None

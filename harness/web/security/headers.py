"""What every answer says to browsers: what it may do, and what others may do with it."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'{forms}; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_SECURE = "max-age=31536000"


def allow_forms_to(request: Request, origin: str) -> None:
    """Let the forms of the page that answers a request lead to another origin besides."""
    request.state.forms = f" {origin}"


class Headers:
    """Adds the headers to what an application answers; nothing is kept by caches unless it says."""

    def __init__(self, application: ASGIApp, secure: bool) -> None:
        self._application = application
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), scope)
            await send(message)

        await self._application(scope, receive, sending)

    def _add(self, headers: MutableHeaders, scope: Scope) -> None:
        state = scope.get("state", {})
        policy = _POLICY.format(nonce=state.get("nonce", "none"), forms=state.get("forms", ""))
        headers.setdefault("content-security-policy", policy)
        headers.setdefault("cache-control", "no-store")
        for name, value in _ALWAYS.items():
            headers[name] = value
        if self._secure:
            headers["strict-transport-security"] = _SECURE

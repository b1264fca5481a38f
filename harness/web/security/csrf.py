"""Requests that another site makes a browser send are refused."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from harness.web.call import Call, Refusal

HEADER = "x-csrf-token"
FIELD = "csrf"


def check(call: Call) -> None:
    """Raises `Refusal` unless a request that changes something comes from a page of this site.

    Browsers say where it comes from; a signed-in one must besides send what the page was given.
    """
    headers = call.request.headers
    source = headers.get("sec-fetch-site")
    if source is not None and source not in ("same-origin", "none"):
        raise _forged()
    origin = headers.get("origin")
    if origin is not None and _origin(origin) != _origin(call.site.url):
        raise _forged()
    session = call.session
    if session is not None and not hmac.compare_digest(_sent(call), session.csrf):
        raise Refusal(403, "stale", "this page is older than your session: load it again")


def _sent(call: Call) -> str:
    sent = call.request.headers.get(HEADER)
    if sent is not None:
        return sent
    kind = call.request.headers.get("content-type", "")
    return call.form().get(FIELD, "") if kind.startswith("application/x-www-form") else ""


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _forged() -> Refusal:
    return Refusal(
        403, "forged", "this request did not come from a page of this site: go back, and try again"
    )

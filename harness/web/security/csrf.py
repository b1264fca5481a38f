"""Requests that another site makes a browser send are refused."""

from __future__ import annotations

import hmac

from harness.urls import origin as url_origin
from harness.web.call import Call, Refusal

HEADER = "x-csrf-token"
FIELD = "csrf"


def check(call: Call, form: bool) -> None:
    """Raises `Refusal` unless a request that changes something comes from a page of this site.

    Browsers say where a request comes from, in one header or the other: a `form` that says it in
    neither comes from no browser of these years, and is refused, so that nobody can be signed in
    as somebody else either. A signed-in browser must besides send what its page was given.
    """
    headers = call.request.headers
    source, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if source not in (None, "same-origin", "none"):
        raise _forged()
    if origin is not None and url_origin(origin) != url_origin(call.site.url):
        raise _forged()
    if call.session is not None:
        if not hmac.compare_digest(_sent(call).encode(), call.session.csrf.encode()):
            raise Refusal(403, "stale", "this page is older than your session: load it again")
    elif form and source is None and origin is None:
        raise _forged()


def _sent(call: Call) -> str:
    sent = call.request.headers.get(HEADER)
    if sent is not None:
        return sent
    kind = call.request.headers.get("content-type", "")
    return call.form().get(FIELD, "") if kind.startswith("application/x-www-form") else ""


def _forged() -> Refusal:
    return Refusal(
        403, "forged", "this request did not come from a page of this site: go back, and try again"
    )

"""Answers that are errors, in the form of whoever asked."""

from __future__ import annotations

import math
import secrets
from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from harness.web.call import Call, Refusal
from harness.web.doors import Door
from harness.web.pages.rendering import render, see
from harness.web.site import Site

_ROUTES = {
    404: ("not_found", "there is nothing at this address"),
    405: ("bad_method", "this address is not for that method"),
    500: ("fault", "the server failed; what happened is in its log"),
}


def refused(call: Call, door: Door, refusal: Refusal) -> Response:
    """What is answered where a door is not opened."""
    again = door.again(call, refusal) if door.again else None
    response = again or (error(refusal) if door.kind == "api" else page(call, refusal))
    if refusal.status == 401 and door.kind == "api":
        response.headers["www-authenticate"] = "Bearer"
    if refusal.retry is not None:
        response.headers["retry-after"] = str(math.ceil(refusal.retry))
    return response


def unrouted(site: Site, request: Request, status: int, headers: Mapping[str, str]) -> Response:
    """What is answered where there is no door, or behind it something broke."""
    response = _unrouted(site, request, status)
    response.headers.update(headers)
    return response


def _unrouted(site: Site, request: Request, status: int) -> Response:
    code, message = _ROUTES.get(status, _ROUTES[404])
    refusal = Refusal(status, code, message)
    if request.url.path.startswith("/api/"):
        return error(refusal)
    nonce = secrets.token_urlsafe(16)
    request.state.nonce = nonce
    return page(Call(site, request, b"", None, nonce), refusal)


def error(refusal: Refusal) -> JSONResponse:
    """An error of the API: there is one shape for all."""
    body = {"code": refusal.code, "message": refusal.message, "fields": refusal.fields}
    return JSONResponse({"error": body}, refusal.status)


def page(call: Call, refusal: Refusal) -> Response:
    """An error as a page; who is not signed in is asked to, and comes back."""
    if refusal.code == "signed_out" and call.request.method == "GET":
        url = call.request.url
        path = f"{url.path}?{url.query}" if url.query else url.path
        return see(f"/sign-in?{urlencode({'next': path})}")
    return render(call, "refused.html", refusal.status, refusal=refusal)

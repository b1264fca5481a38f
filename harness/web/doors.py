"""Doors: what can be asked for, by whom. Every route is one, so none lacks a check."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from harness.store.database import StoreError
from harness.web.call import Call, Refusal, forbidden
from harness.web.security import csrf
from harness.web.security.identity import identify
from harness.web.site import Site

_BODY_LIMIT = 1 << 20
_UNAVAILABLE = "the server cannot use its database now; nothing was changed: try again soon"
Handler = Callable[[Call], Response]


class Who(StrEnum):
    """Who may come in at a door. What each sees behind it is the door's own affair."""

    ANYONE = "anyone"
    SIGNED_IN = "signed in"
    INSTRUCTOR = "instructor"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Door:
    """A path, a method, who may come in, and what answers.

    `scope` is what a token needs to come in; a door without one is for browsers only. `kind` is
    `api` or `page`: in which form errors are told. `about` is what the API's document says of it.
    `again` is for a form with much text: it shows the form with what was sent, where it was refused
    for a reason that will pass; None where it cannot.
    """

    method: str
    path: str
    handler: Handler
    who: Who
    kind: str = "page"
    scope: str | None = None
    about: Any = None
    again: Callable[[Call, Refusal], Response | None] | None = None

    @property
    def changes(self) -> bool:
        """Whether it changes something, so that a forged request must not reach it."""
        return self.method not in ("GET", "HEAD")


def routes(
    site: Site, doors: Sequence[Door], refused: Callable[[Call, Door, Refusal], Response]
) -> list[Route]:
    """The routes of a site; `refused` makes the answer where a door is not opened."""
    paths: dict[str, dict[str, Door]] = {}
    for door in doors:
        paths.setdefault(door.path, {})[door.method] = door
    # One route a path, so that whoever comes with another method is told all that there are.
    return [
        Route(path, _endpoint(site, found, refused), methods=list(found))
        for path, found in paths.items()
    ]


def _endpoint(
    site: Site, doors: Mapping[str, Door], refused: Callable[[Call, Door, Refusal], Response]
) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        door = doors["GET" if request.method == "HEAD" else request.method]
        nonce = secrets.token_urlsafe(16)
        request.state.nonce = nonce
        stranger = Call(site, request, b"", None, nonce)
        try:
            body = await _body(request)
            return await run_in_threadpool(_answer, site, door, request, body, nonce, refused)
        except Refusal as refusal:
            return await run_in_threadpool(refused, stranger, door, refusal)

    return endpoint


def _answer(
    site: Site,
    door: Door,
    request: Request,
    body: bytes,
    nonce: str,
    refused: Callable[[Call, Door, Refusal], Response],
) -> Response:
    call = Call(site, request, body, None, nonce)
    try:
        call = Call(site, request, body, identify(site, request), nonce)
        request.state.user = call.user and call.user.id
        enter(call, door)
        return door.handler(call)
    except Refusal as refusal:
        return refused(call, door, refusal)
    except StoreError as error:
        site.pulse.unusable(error)
        return refused(call, door, Refusal(503, "unavailable", _UNAVAILABLE, retry=5))


def enter(call: Call, door: Door) -> None:
    """Raises `Refusal` where a door is not for who asks, or a request may be forged."""
    if door.who is not Who.ANYONE and call.user is None:
        raise Refusal(401, "signed_out", "sign in first")
    if door.who is Who.INSTRUCTOR and not call.me.teaches:
        raise forbidden("this is for instructors")
    if door.who is Who.OPERATOR and not call.me.operates:
        raise forbidden("this is for operators")
    token_scopes = getattr(call.by, "scopes", None)
    if token_scopes is not None and (door.scope is None or door.scope not in token_scopes):
        needed = f"a token with the scope {door.scope}" if door.scope else "a browser"
        raise forbidden(f"this needs {needed}")
    if door.changes and token_scopes is None:
        csrf.check(call, form=door.kind == "page")


async def _body(request: Request) -> bytes:
    """The body, no more than is allowed; raises `Refusal` for more, while it still comes."""
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > _BODY_LIMIT:
            raise Refusal(413, "too_large", f"expected at most {_BODY_LIMIT >> 10} KiB")
    return bytes(received)

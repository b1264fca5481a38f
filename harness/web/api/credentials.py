"""One's own tokens and sessions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Literal

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from harness.report.text import clean_line
from harness.store import credentials
from harness.store.accounts import Account
from harness.store.audit import note
from harness.store.credentials import Token
from harness.store.database import now
from harness.web.api.about import About
from harness.web.api.models import PRINTABLE, Body, Days, Listed, read_body
from harness.web.call import Call, Refusal, forbidden, missing
from harness.web.doors import Door, Who
from harness.web.security.signing_in import allowed_scopes

MOST = 100
Scope = Literal["read", "submit", "teach", "operate"]


class NewToken(Body):
    """A token to be: what it is for, and for how many days; null is for ever."""

    name: str = Field(min_length=1, max_length=80, pattern=PRINTABLE)
    scopes: tuple[Scope, ...] = Field(min_length=1, max_length=4, strict=False)
    days: Days | None = None


class TokenShown(BaseModel):
    """A token, without its secret."""

    id: str
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None


class TokenMade(BaseModel):
    """A new token: its secret is never shown again."""

    id: str
    token: str


class SessionShown(BaseModel):
    """A browser that is signed in; `current` is the one that asks."""

    id: str
    agent: str
    created_at: datetime
    seen_at: datetime
    current: bool


def tokens(call: Call) -> Response:
    """One's tokens."""
    with call.site.database.read() as connection:
        rows = credentials.tokens_of(connection, call.me.id)
    return _all(TokenShown.model_validate(row._asdict()) for row in rows)


def make_token(call: Call) -> Response:
    """A new token; one made with a token is for no more than that."""
    asked = read_body(call, NewToken)
    if isinstance(call.by, Token):
        _check_within(call.by, asked)
    id, secret = make(call, call.me, clean_line(asked.name), asked.scopes, asked.days)
    return JSONResponse(TokenMade(id=id, token=secret).model_dump(mode="json"), 201)


def revoke_token(call: Call) -> Response:
    """End one of one's tokens."""
    revoke(call, call.path("id"))
    return Response(status_code=204)


def sessions(call: Call) -> Response:
    """The browsers in which one is signed in."""
    current = None if call.session is None else call.session.id
    with call.site.database.read() as connection:
        rows = credentials.sessions_of(connection, call.me.id)
    return _all(SessionShown(**row._asdict(), current=row.id == current) for row in rows)


def end_session(call: Call) -> Response:
    """Sign one of one's browsers out."""
    end(call, call.path("id"))
    return Response(status_code=204)


def make(
    call: Call, user: Account, name: str, scopes: Iterable[str], days: int | None
) -> tuple[str, str]:
    """The id and the secret of a new token; raises `Refusal` for what it must not be for."""
    wanted = set(scopes)
    if not wanted.issubset(allowed_scopes(user)):
        raise forbidden(f"a token of a {user.role} is for {', '.join(allowed_scopes(user))} only")
    lifetime = None if days is None else timedelta(days=days)
    with call.site.database.write() as connection:
        if len(credentials.tokens_of(connection, user.id)) >= MOST:
            message = f"there are {MOST} tokens, which is the most: end one first"
            raise Refusal(409, "too_many_tokens", message)
        made = credentials.make_token(connection, user.id, name, wanted, lifetime)
        details = {"scopes": sorted(wanted), "days": days}
        note(connection, user.id, "token made", name, details, call.address)
    return made


def revoke(call: Call, id: str) -> None:
    """End a token of who asks; raises `Refusal` where there is no such."""
    with call.site.database.write() as connection:
        if not credentials.revoke_token(connection, call.me.id, id):
            raise missing("token")
        note(connection, call.me.id, "token revoked", id, address=call.address)


def end(call: Call, id: str) -> None:
    """End a session of who asks; raises `Refusal` where there is no such."""
    with call.site.database.write() as connection:
        if not credentials.end_session(connection, call.me.id, id):
            raise missing("session")


def _check_within(maker: Token, asked: NewToken) -> None:
    """Raises `Refusal` for a token that would do more than the one that makes it, or outlast it."""
    if not maker.scopes.issuperset(asked.scopes):
        raise forbidden("a token makes no token that may do more than it")
    ends = None if asked.days is None else now() + timedelta(days=asked.days)
    if maker.ends is not None and (ends is None or ends > maker.ends):
        raise forbidden("a token makes no token that ends later than it")


def _all(items: Iterable[Any]) -> Response:
    return JSONResponse({"items": [item.model_dump(mode="json") for item in items], "next": None})


_TOKENS, _SESSIONS = "/api/v1/tokens", "/api/v1/sessions"
_READ, _CHANGE = (Who.SIGNED_IN, "api", "read"), (Who.SIGNED_IN, "api", "submit")
DOORS = (
    Door("GET", _TOKENS, tokens, *_READ, About("One's tokens.", Listed[TokenShown])),
    Door(
        "POST",
        _TOKENS,
        make_token,
        *_CHANGE,
        About("A new token.", TokenMade, 201, takes=NewToken, others=(409,)),
    ),
    Door(
        "DELETE",
        f"{_TOKENS}/{{id}}",
        revoke_token,
        *_CHANGE,
        About("End a token.", status=204),
    ),
    Door("GET", _SESSIONS, sessions, *_READ, About("One's sessions.", Listed[SessionShown])),
    Door(
        "DELETE",
        f"{_SESSIONS}/{{id}}",
        end_session,
        *_CHANGE,
        About("End a session.", status=204),
    ),
)

"""Getting in: a token for a name and a password, and who one is."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from harness.report.text import clean_line
from harness.store.accounts import Account
from harness.store.credentials import Token
from harness.web.api.about import About
from harness.web.api.credentials import Scope, make
from harness.web.api.models import PRINTABLE, Body, Days, read_body
from harness.web.call import Call
from harness.web.doors import Door, Who
from harness.web.security.signing_in import sign_in


class Entry(Body):
    """Who asks for a token, and for what: `read` and `submit`, unless `scopes` says otherwise."""

    name: str = Field(min_length=1, max_length=40, pattern=PRINTABLE)
    password: str = Field(min_length=1, max_length=1024)
    token_name: str = Field("login", min_length=1, max_length=80, pattern=PRINTABLE)
    scopes: tuple[Scope, ...] = Field(("read", "submit"), min_length=1, max_length=4, strict=False)
    days: Days | None = None


class UserShown(BaseModel):
    """A user; `role` is `learner`, `instructor` or `operator`."""

    id: str
    name: str
    role: str

    @classmethod
    def of(cls, account: Account) -> Self:
        """Of an account."""
        return cls(id=account.id, name=account.name, role=account.role)


class Admitted(BaseModel):
    """A token, which is never shown again, and whose it is."""

    token: str
    id: str
    user: UserShown


class Me(UserShown):
    """Who one is. `token` is the id of the token that was sent, `scopes` what it is for.

    Both are null for a browser.
    """

    created_at: datetime
    token: str | None
    scopes: list[str] | None


def login(call: Call) -> Response:
    """A token for a name and a password."""
    asked = read_body(call, Entry)
    account = sign_in(call, asked.name, asked.password)
    id, secret = make(call, account, clean_line(asked.token_name), asked.scopes, asked.days)
    answer = Admitted(token=secret, id=id, user=UserShown.of(account))
    return JSONResponse(answer.model_dump(mode="json"), 201)


def me(call: Call) -> Response:
    """Who one is."""
    token = call.by if isinstance(call.by, Token) else None
    answer = Me(
        **UserShown.of(call.me).model_dump(),
        created_at=call.me.created_at,
        token=None if token is None else token.id,
        scopes=None if token is None else sorted(token.scopes),
    )
    return JSONResponse(answer.model_dump(mode="json"))


DOORS = (
    Door(
        "POST",
        "/api/v1/login",
        login,
        Who.ANYONE,
        "api",
        "read",
        About(
            "A token for a name and a password.",
            Admitted,
            201,
            takes=Entry,
            others=(401, 403, 409, 429),
        ),
    ),
    Door("GET", "/api/v1/me", me, Who.SIGNED_IN, "api", "read", About("Who one is.", Me)),
)

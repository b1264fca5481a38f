"""Pages on which operators look after users, and instructors invite some."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import Connection
from starlette.responses import Response

from harness.store import accounts, credentials
from harness.store.accounts import Account, LastOperator
from harness.store.audit import latest, note
from harness.store.people import ROLES
from harness.web.call import Call, Refusal, forbidden, missing
from harness.web.doors import Door, Who
from harness.web.pages.rendering import render, see
from harness.web.security import signing_up

_PAGE = 50
_INVITED_FOR = timedelta(days=7)
_RESET_FOR = timedelta(days=1)
_DIGITS = 10  # of what the database takes for an id


def users(call: Call) -> Response:
    """All users by name, so many on a page."""
    with call.site.database.read() as connection:
        found = accounts.everyone(connection, _PAGE + 1, call.query("after") or "")
    after = found[_PAGE - 1].name if len(found) > _PAGE else None
    return render(call, "users.html", users=found[:_PAGE], after=after, roles=ROLES)


def change_role(call: Call) -> Response:
    """Let a user do more, or less."""
    role = call.form().get("role", "")
    if role not in ROLES:
        raise Refusal(422, "bad_role", f"expected one of {', '.join(ROLES)}")
    with call.site.database.write() as connection:
        user = _user(connection, call)
        with _told():
            accounts.set_role(connection, user.id, role)
        details = {"from": user.role, "to": role}
        note(connection, call.me.id, "role changed", user.name, details, call.address)
    return see("/operator/users")


def disable(call: Call) -> Response:
    """Shut a user out: sessions and tokens end, for good."""
    with call.site.database.write() as connection:
        user = _user(connection, call)
        with _told():
            accounts.disable(connection, user.id, True)
        credentials.end_sessions(connection, user.id)
        credentials.revoke_tokens(connection, user.id)
        for purpose in ("password", "invite"):
            credentials.drop_links(connection, purpose, user.id)
        note(connection, call.me.id, "user disabled", user.name, address=call.address)
    return see("/operator/users")


def enable(call: Call) -> Response:
    """Let a user in again."""
    with call.site.database.write() as connection:
        user = _user(connection, call)
        accounts.disable(connection, user.id, False)
        note(connection, call.me.id, "user enabled", user.name, address=call.address)
    return see("/operator/users")


def reset(call: Call) -> Response:
    """A link by which a user sets a new password; an earlier one works no more."""
    with call.site.database.write() as connection:
        user = _user(connection, call)
        credentials.drop_links(connection, "password", user.id)
        secret = credentials.make_link(connection, "password", _RESET_FOR, user=user.id)
        note(connection, call.me.id, "reset link made", user.name, address=call.address)
    title = f"A new password for {user.name}"
    return _link(call, title, f"/new-password?link={secret}", _RESET_FOR)


def invitations(call: Call) -> Response:
    """Invite somebody."""
    return render(call, "invitations.html", roles=_invitable(call))


def invite(call: Call) -> Response:
    """A link by which one person signs up, with a role."""
    role = call.form().get("role", "")
    if role not in ROLES:
        raise Refusal(422, "bad_role", f"expected one of {', '.join(ROLES)}")
    if role not in _invitable(call):
        raise forbidden("instructors invite learners only")
    with call.site.database.write() as connection:
        secret = credentials.make_link(connection, "invite", _INVITED_FOR, role, call.me.id)
        note(connection, call.me.id, "invitation made", role, address=call.address)
    return _link(call, f"An invitation for a new {role}", f"/sign-up?link={secret}", _INVITED_FOR)


def log(call: Call) -> Response:
    """Who did what, the latest first, so many on a page."""
    before = call.query("before")
    if before is not None and not (
        before.isascii() and before.isdecimal() and len(before) < _DIGITS
    ):
        raise missing("page")
    with call.site.database.read() as connection:
        rows = latest(connection, _PAGE + 1, None if before is None else int(before))
    last = rows[_PAGE - 1].id if len(rows) > _PAGE else None
    return render(call, "audit.html", rows=rows[:_PAGE], before=last)


@contextmanager
def _told() -> Iterator[None]:
    """What may not be done to the last operator, as `Refusal`."""
    try:
        yield
    except LastOperator as error:
        raise Refusal(409, "last_operator", str(error)) from None


def _user(connection: Connection, call: Call) -> Account:
    user = accounts.by_id(connection, call.path("id"))
    if user is None:
        raise missing("user")
    return user


def _invitable(call: Call) -> list[str]:
    return [role for role in ROLES if signing_up.may_invite(call.me, role)]


def _link(call: Call, title: str, path: str, lifetime: timedelta) -> Response:
    url, days = call.site.url + path, lifetime.days
    return render(call, "secret.html", 201, title=title, secret=url, days=days)


DOORS = (
    Door("GET", "/operator/users", users, Who.OPERATOR),
    Door("POST", "/operator/users/{id}/role", change_role, Who.OPERATOR),
    Door("POST", "/operator/users/{id}/disable", disable, Who.OPERATOR),
    Door("POST", "/operator/users/{id}/enable", enable, Who.OPERATOR),
    Door("POST", "/operator/users/{id}/reset", reset, Who.OPERATOR),
    Door("GET", "/invitations", invitations, Who.INSTRUCTOR),
    Door("POST", "/invitations", invite, Who.INSTRUCTOR),
    Door("GET", "/operator/audit", log, Who.OPERATOR),
)

"""The page of one's own account: password, sessions, tokens."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from harness.report.text import clean_line
from harness.store import accounts, credentials
from harness.store.audit import note
from harness.web.api.credentials import end, make, revoke
from harness.web.call import Call, Refusal
from harness.web.doors import Door, Who
from harness.web.pages.forms import again
from harness.web.pages.rendering import render, see
from harness.web.security import github, passwords, signing_in

LIFETIMES = {"7": "a week", "30": "30 days", "90": "90 days", "365": "a year", "": "no end"}
_NAME_LIMIT = 80


def account(call: Call) -> Response:
    """All that lets one in."""
    return render(call, "account.html", refusal=None, **_shown(call))


def change_password(call: Call) -> Response:
    """Set another password; all other sessions end."""
    form = call.form()
    try:
        _check_password(call, form.get("current", ""))
        passwords.check(form.get("password", ""), call.me.name)
    except Refusal as refusal:
        return again(call, "account.html", refusal, **_shown(call))
    hashed = passwords.hashed(form["password"])
    response = see("/account")
    with call.site.database.write() as connection:
        accounts.set_password(connection, call.me.id, hashed)
        credentials.end_sessions(connection, call.me.id)
        credentials.drop_links(connection, "password", call.me.id)
        note(connection, call.me.id, "password changed", call.me.name, address=call.address)
    signing_in.begin(call, response, call.me)
    return response


def end_session(call: Call) -> Response:
    """Sign one of one's browsers out."""
    end(call, call.path("id"))
    return see("/account")


def end_others(call: Call) -> Response:
    """Sign all other browsers out."""
    assert call.session is not None
    with call.site.database.write() as connection:
        credentials.end_sessions(connection, call.me.id, but=call.session.id)
    return see("/account")


def make_token(call: Call) -> Response:
    """A new token: this page is the only one that ever shows it."""
    form = call.form()
    name = clean_line(form.get("name", "").strip())[:_NAME_LIMIT]
    scopes = [s for s in signing_in.allowed_scopes(call.me) if f"scope_{s}" in form]
    days = form.get("days", "30")
    if not name or not scopes or days not in LIFETIMES:
        refusal = Refusal(422, "invalid", "expected a name, and at least one thing it may do")
        return again(call, "account.html", refusal, **_shown(call))
    try:
        _, secret = make(call, call.me, name, scopes, int(days) if days else None)
    except Refusal as refusal:
        return again(call, "account.html", refusal, **_shown(call))
    return render(call, "secret.html", 201, title=f"The token {name}", secret=secret, days=None)


def revoke_token(call: Call) -> Response:
    """End one of one's tokens."""
    revoke(call, call.path("id"))
    return see("/account")


def _check_password(call: Call, current: str) -> None:
    with call.site.database.read() as connection:
        kept = accounts.password(connection, call.me.id)
    if kept is not None:  # who came by GitHub has none yet
        signing_in.sign_in(call, call.me.name, current)


def _shown(call: Call) -> dict[str, Any]:
    with call.site.database.read() as connection:
        return {
            "github": github.offer(call),
            "has_password": accounts.password(connection, call.me.id) is not None,
            "sessions": credentials.sessions_of(connection, call.me.id),
            "tokens": credentials.tokens_of(connection, call.me.id),
            "scopes": signing_in.allowed_scopes(call.me),
            "lifetimes": LIFETIMES,
        }


DOORS = (
    Door("GET", "/account", account, Who.SIGNED_IN),
    Door("POST", "/account/password", change_password, Who.SIGNED_IN),
    Door("POST", "/account/sessions/end-others", end_others, Who.SIGNED_IN),
    Door("POST", "/account/sessions/{id}/end", end_session, Who.SIGNED_IN),
    Door("POST", "/account/tokens", make_token, Who.SIGNED_IN),
    Door("POST", "/account/tokens/{id}/revoke", revoke_token, Who.SIGNED_IN),
)

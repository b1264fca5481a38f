"""Pages on which one comes in: signing in and out, signing up, links that were given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from harness.store import credentials
from harness.store.accounts import Account
from harness.web.call import Call, Refusal, forbidden
from harness.web.doors import Door, Who
from harness.web.pages.forms import again
from harness.web.pages.rendering import render, see
from harness.web.security import github, signing_in, signing_up
from harness.web.security.identity import forget


def sign_in_form(call: Call) -> Response:
    """Who are you?"""
    return render(call, "sign_in.html", refusal=None, **_sign_in(call, call.query("next"), ""))


def sign_in(call: Call) -> Response:
    """Check a password."""
    form = call.form()
    name = form.get("name", "")
    try:
        account = signing_in.sign_in(call, name, form.get("password", ""))
    except Refusal as refusal:
        return again(call, "sign_in.html", refusal, **_sign_in(call, form.get("next"), name))
    return _enter(call, account, form.get("next", "/"))


def sign_out(call: Call) -> Response:
    """End the browser's session."""
    response = see("/sign-in")
    if call.session is not None:
        with call.site.database.write() as connection:
            credentials.end_session(connection, call.session.user.id, call.session.id)
    forget(call.site, response)
    return response


def sign_up_form(call: Call) -> Response:
    """A new user, by a link or where anybody may become one."""
    link = call.query("link") or ""
    if link:
        _check(call, "invite", link)
    elif not call.site.rules.open_sign_up:
        raise forbidden("this site is by invitation: ask for a link")
    return render(call, "sign_up.html", refusal=None, **_sign_up(call, "/sign-up", link, ""))


def sign_up(call: Call) -> Response:
    """Make a new user, and sign in."""

    def make(name: str, password: str, link: str) -> Account:
        if link:
            return signing_up.join(call, name, password, "invite", link)
        return signing_up.sign_up(call, name, password)

    return _make(call, "/sign-up", make)


def welcome_form(call: Call) -> Response:
    """The first operator, by the link that the server wrote where it was started."""
    link = call.query("link") or ""
    _check(call, "operator", link)
    return render(call, "sign_up.html", refusal=None, **_sign_up(call, "/welcome", link, ""))


def welcome(call: Call) -> Response:
    """Make the first operator, and use the link up."""

    def make(name: str, password: str, link: str) -> Account:
        return signing_up.join(call, name, password, "operator", link)

    return _make(call, "/welcome", make)


def password_form(call: Call) -> Response:
    """A new password, by a link that an operator gave."""
    link = call.query("link") or ""
    _check(call, "password", link)
    return render(call, "new_password.html", refusal=None, link=link)


def password(call: Call) -> Response:
    """Set the new password, and sign in."""
    form = call.form()
    link = form.get("link", "")
    try:
        account = signing_up.reset(call, link, form.get("password", ""))
    except Refusal as refusal:
        return again(call, "new_password.html", refusal, link=link)
    return _enter(call, account, "/")


def _make(call: Call, action: str, make: Callable[[str, str, str], Account]) -> Response:
    form = call.form()
    name, link = form.get("name", ""), form.get("link", "")
    try:
        account = make(name, form.get("password", ""), link)
    except Refusal as refusal:
        return again(call, "sign_up.html", refusal, **_sign_up(call, action, link, name))
    return _enter(call, account, "/")


def _enter(call: Call, account: Account, path: str) -> Response:
    response = see(signing_in.own_path(path))
    signing_in.begin(call, response, account)
    return response


def _check(call: Call, purpose: str, secret: str) -> None:
    with call.site.database.read() as connection:
        link = credentials.link(connection, secret, purpose)
        if purpose == "invite":
            signing_up.invited_as(connection, link)
    if link is None:
        raise signing_up.dead()


def _sign_in(call: Call, path: str | None, name: str) -> dict[str, Any]:
    return {
        "path": signing_in.own_path(path or "/"),
        "name": name,
        "github": github.offer(call),
        "open": call.site.rules.open_sign_up,
    }


def _sign_up(call: Call, action: str, link: str, name: str) -> dict[str, Any]:
    # With GitHub one becomes a learner: a link is for more, or for a site that is not open.
    offered = not link and github.offer(call)
    return {"action": action, "link": link, "name": name, "github": offered}


DOORS = (
    Door("GET", "/sign-in", sign_in_form, Who.ANYONE),
    Door("POST", "/sign-in", sign_in, Who.ANYONE),
    Door("POST", "/sign-out", sign_out, Who.ANYONE),
    Door("GET", "/sign-up", sign_up_form, Who.ANYONE),
    Door("POST", "/sign-up", sign_up, Who.ANYONE),
    Door("GET", "/welcome", welcome_form, Who.ANYONE),
    Door("POST", "/welcome", welcome, Who.ANYONE),
    Door("GET", "/new-password", password_form, Who.ANYONE),
    Door("POST", "/new-password", password, Who.ANYONE),
)

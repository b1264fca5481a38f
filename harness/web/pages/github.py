"""Signing in with GitHub, and linking an account there to one here."""

from __future__ import annotations

import re

from sqlalchemy import Connection
from starlette.responses import Response

from harness.store import accounts
from harness.store.accounts import Account, NameTaken
from harness.store.audit import note
from harness.web.call import Call, Refusal, forbidden
from harness.web.doors import Door, Who
from harness.web.pages.rendering import see
from harness.web.security import github, rates, signing_in
from harness.web.security.github import Answered

_NAME_LIMIT = 32  # leaves room for what makes it another one
_NAMES = 100


def begin(call: Call) -> Response:
    """Go to GitHub to sign in."""
    return github.begin(call, call.form().get("next", "/"), None)


def link(call: Call) -> Response:
    """Go to GitHub to link an account there to one's own."""
    return github.begin(call, "/account", call.me.id)


def unlink(call: Call) -> Response:
    """Sign in with GitHub no more; raises `Refusal` for who could not sign in at all then."""
    with call.site.database.write() as connection:
        if accounts.password(connection, call.me.id) is None:
            raise Refusal(409, "no_password", "set a password first: you could not sign in again")
        accounts.set_github(connection, call.me.id, None)
        note(connection, call.me.id, "github unlinked", call.me.name, address=call.address)
    return see("/account")


def back(call: Call) -> Response:
    """Come back from GitHub, signed in or with an account that is linked."""
    found = github.answered(call)
    response = see(found.path)
    if found.linking is None:
        signing_in.begin(call, response, _account(call, found))
    else:
        _link(call, found)
    github.forget(call, response)
    return response


def _account(call: Call, found: Answered) -> Account:
    with call.site.database.read() as connection:
        account = accounts.by_github(connection, found.number)
    if account is None:
        if not call.site.rules.open_sign_up:
            raise forbidden("this site is by invitation: link your account of GitHub once you are")
        rates.spend(call, {f"sign-up:at:{rates.network(call.address)}": call.site.rules.sign_up})
        with call.site.database.write() as connection:
            account = _add(connection, found)
            note(connection, account.id, "user added", account.name, _told(found), call.address)
    signing_in.admit(account)
    return account


def _link(call: Call, found: Answered) -> None:
    if call.user is None or call.user.id != found.linking:
        raise Refusal(403, "forged", "sign in as before, and begin again")
    with call.site.database.write() as connection:
        other = accounts.by_github(connection, found.number)
        if other is not None and other.id != found.linking:
            raise Refusal(409, "linked", "that account of GitHub belongs to another user here")
        accounts.set_github(connection, found.linking, found.number)
        note(connection, found.linking, "github linked", call.user.name, _told(found), call.address)


def _add(connection: Connection, found: Answered) -> Account:
    """A new learner, called as on GitHub, or as like that as can be."""
    plain = re.sub(r"[^A-Za-z0-9-]", "-", found.login)[:_NAME_LIMIT].strip("-") or "user"
    for name in (plain, *(f"{plain}-{number}" for number in range(2, _NAMES))):
        try:
            return accounts.add(connection, name, "learner", github=found.number)
        except NameTaken:
            continue
    raise Refusal(409, "name_taken", "too many are called like you: sign up with another name")


def _told(found: Answered) -> dict[str, str]:
    return {"github": found.number, "login": found.login[:40]}


DOORS = (
    Door("POST", "/sign-in/github", begin, Who.ANYONE),
    Door("GET", github.BACK, back, Who.ANYONE),
    Door("POST", "/account/github", link, Who.SIGNED_IN),
    Door("POST", "/account/github/unlink", unlink, Who.SIGNED_IN),
)

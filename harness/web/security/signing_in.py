"""Signing in with a name and a password, for browsers and for programs."""

from __future__ import annotations

from starlette.responses import Response

from harness.report.text import clean_line
from harness.store import accounts, credentials
from harness.store.accounts import Account
from harness.store.limits import Rate
from harness.web.call import Call, Refusal
from harness.web.security import passwords, rates
from harness.web.security.identity import remember

_PATH_LIMIT = 500


def sign_in(call: Call, name: str, password: str) -> Account:
    """The user with a name and a password.

    Raises `Refusal`: 401 for a wrong one, without saying which, 403 for a user who is shut out,
    429 after too many wrong ones.
    """
    spent = _buckets(call, name)
    rates.spend(call, spent)
    with call.site.database.read() as connection:
        found = accounts.by_name(connection, name)
        kept = None if found is None else accounts.password(connection, found.id)
    if not passwords.matches(kept, password) or found is None or kept is None:
        raise Refusal(401, "wrong_password", "the name or the password is wrong")
    rates.give(call, spent)
    admit(found)
    if passwords.outdated(kept):
        hashed = passwords.hashed(password)
        with call.site.database.write() as connection:
            accounts.set_password(connection, found.id, hashed)
    return found


def admit(account: Account) -> None:
    """Raises `Refusal` for a user who is shut out."""
    if account.disabled_at is not None:
        raise Refusal(403, "disabled", "this account is shut out: ask an operator of this site")


def begin(call: Call, response: Response, account: Account) -> None:
    """Give the browser a session of its own; the one it had, whoever's it was, ends."""
    agent = clean_line(call.request.headers.get("user-agent", "an unknown program"))
    with call.site.database.write() as connection:
        if call.session is not None:
            credentials.end_session(connection, call.session.user.id, call.session.id)
        secret = credentials.begin_session(connection, account.id, agent)
    remember(call.site, response, secret)


def allowed_scopes(account: Account) -> tuple[str, ...]:
    """What a token of a user may be for."""
    if account.operates:
        return credentials.SCOPES
    return ("read", "submit", "teach") if account.teaches else ("read", "submit")


def own_path(path: str) -> str:
    """A page of this site to go to after signing in: `/` for what another site may have made up."""
    plain = path.isprintable() and "\\" not in path and len(path) <= _PATH_LIMIT
    return path if plain and path.startswith("/") and not path.startswith("//") else "/"


def _buckets(call: Call, name: str) -> dict[str, Rate]:
    """Wrong passwords count for the address, for the name at it, and for the name.

    The first leaves room for a class behind one address. Whoever guesses from elsewhere empties
    the last only, which gets one back in half a minute.
    """
    rules, address, name = call.site.rules, rates.network(call.address), rates.digest(name)
    return {
        f"sign-in:at:{address}": rules.sign_in,
        f"sign-in:as:{name}:{address}": rules.sign_in_name,
        f"sign-in:of:{name}": rules.sign_in_anywhere,
    }

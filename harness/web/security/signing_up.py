"""How users come to be, and come back: by themselves, by links, by an operator."""

from __future__ import annotations

from sqlalchemy import Connection

from harness.errors import UsageError
from harness.store import accounts, credentials
from harness.store.accounts import Account, NameTaken
from harness.store.audit import note
from harness.store.credentials import Link
from harness.web.call import Call, Refusal, forbidden
from harness.web.security import passwords, rates


def sign_up(call: Call, name: str, password: str) -> Account:
    """A new learner, where anybody may become one; raises `Refusal`."""
    if not call.site.rules.open_sign_up:
        raise forbidden("this site is by invitation: ask for a link")
    return _create(call, name, password, None)


def join(call: Call, name: str, password: str, purpose: str, link: str) -> Account:
    """A new user by a link, `invite` or `operator`, which is used up; raises `Refusal`."""
    return _create(call, name, password, (purpose, link))


def may_invite(account: Account | None, role: str) -> bool:
    """Whether a user may make others users with a role."""
    if account is None or account.disabled_at is not None:
        return False
    return account.operates or (account.teaches and role == "learner")


def invited_as(connection: Connection, link: Link | None) -> str:
    """The role that a link gives; raises `Refusal` for one that does not work, or does no more."""
    if link is not None and link.purpose == "operator":
        return "operator"
    inviter = accounts.by_id(connection, link.user) if link is not None and link.user else None
    if link is None or link.role is None or not may_invite(inviter, link.role):
        raise dead()
    return link.role


def reset(call: Call, link: str, password: str) -> Account:
    """The user whose link it is, with a new password; all that let him in before has ended."""
    with call.site.database.read() as connection:
        account = _whose(connection, credentials.link(connection, link, "password"))
    passwords.check(password, account.name)
    hashed = passwords.hashed(password)
    with call.site.database.write() as connection:
        account = _whose(connection, credentials.use_link(connection, link, "password"))
        accounts.set_password(connection, account.id, hashed)
        credentials.end_sessions(connection, account.id)
        credentials.revoke_tokens(connection, account.id)
        note(connection, account.id, "password reset", account.name, address=call.address)
    return account


def dead() -> Refusal:
    """A link does not work."""
    return Refusal(410, "dead_link", "this link does not work: it was used, or is too old")


def _create(call: Call, name: str, password: str, link: tuple[str, str] | None) -> Account:
    rates.spend(call, {f"sign-up:at:{rates.network(call.address)}": call.site.rules.sign_up})
    passwords.check(password, name)
    hashed = passwords.hashed(password)
    try:
        with call.site.database.write() as connection:
            role = "learner" if link is None else _use(connection, *link)
            account = accounts.add(connection, name, role, hashed)
            details = {"role": role, "by": "sign-up" if link is None else link[0]}
            note(connection, account.id, "user added", name, details, call.address)
    except NameTaken as error:
        raise Refusal(409, "name_taken", str(error), fields={"name": str(error)}) from None
    except UsageError as error:
        raise Refusal(422, "bad_name", str(error), fields={"name": str(error)}) from None
    return account


def _use(connection: Connection, purpose: str, secret: str) -> str:
    role = invited_as(connection, credentials.use_link(connection, secret, purpose))
    if purpose == "operator":
        credentials.drop_links(connection, "operator")
    return role


def _whose(connection: Connection, link: Link | None) -> Account:
    account = accounts.by_id(connection, link.user) if link is not None and link.user else None
    if account is None or account.disabled_at is not None:
        raise dead()
    return account

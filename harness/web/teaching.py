"""Classes as who asks may see and change them, and what stores say in the words of the web."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from harness.store import accounts, assignments, classes
from harness.store.accounts import Account
from harness.store.assignments import Set, Terms
from harness.store.audit import note
from harness.store.classes import Class, Unchanged
from harness.store.rejudging import NoRejudge
from harness.store.sets import NotNow
from harness.web.call import Call, Refusal, missing


def seen(call: Call, connection: Connection, id: str) -> Class:
    """A class of who asks; raises `Refusal` for one that is not, as if there were none."""
    found = classes.one(connection, call.me, id)
    if found is None:
        raise missing("class")
    return found


def taught(call: Call, connection: Connection, id: str) -> Class:
    """A class that who asks teaches; raises `Refusal` for any other, as if there were none."""
    found = seen(call, connection, id)
    if not found.teaches:
        raise missing("class")
    return found


def seen_set(call: Call, connection: Connection, id: str) -> tuple[Class, Set]:
    """A set and its class, which who asks is in; raises `Refusal` for any other."""
    found = assignments.one(connection, id)
    own = None if found is None else classes.one(connection, call.me, found.class_id)
    if found is None or own is None:
        raise missing("problem set")
    return own, found


def taught_set(call: Call, connection: Connection, id: str) -> tuple[Class, Set]:
    """A set and its class, which who asks teaches; raises `Refusal` for any other."""
    own, found = seen_set(call, connection, id)
    if not own.teaches:
        raise missing("problem set")
    return own, found


def create(call: Call, connection: Connection, name: str) -> str:
    """The id of a new class, which who asks teaches; raises `Unchanged`."""
    id = classes.create(connection, call.me.id, name)
    note(connection, call.me.id, "class.created", id, address=call.address)
    return id


def leave(call: Call, connection: Connection, id: str) -> None:
    """Take who asks out of a class; raises `Refusal` and `Unchanged`."""
    own = seen(call, connection, id)
    assignments.leave(connection, own.id, call.me.id)
    details = {"user": call.me.name}
    note(connection, call.me.id, "class.member_removed", own.id, details, call.address)


def set_up(call: Call, connection: Connection, own: Class, terms: Terms) -> str:
    """The id of a new set of a class; raises `Unchanged`."""
    id = assignments.add(connection, own.id, terms)
    note(connection, call.me.id, "set.created", id, {"class": own.id}, call.address)
    return id


def change_set(call: Call, connection: Connection, id: str, terms: Terms) -> None:
    """Let a set ask something else; raises `Unchanged`."""
    assignments.change(connection, id, terms)
    note(connection, call.me.id, "set.changed", id, address=call.address)


def drop_set(call: Call, connection: Connection, id: str) -> Class:
    """Take a set away, and say of which class it was; raises `Refusal`."""
    own, found = taught_set(call, connection, id)
    assignments.drop(connection, found.id)
    note(connection, call.me.id, "set.dropped", found.id, address=call.address)
    return own


def user(connection: Connection, name: str) -> Account:
    """The user with a name; raises `Refusal` where there is none."""
    found = accounts.by_name(connection, name)
    if found is None:
        raise missing("user")
    return found


@contextmanager
def told() -> Iterator[None]:
    """What stores refuse, as `Refusal`."""
    try:
        yield
    except Unchanged as error:
        raise Refusal(409, "unchanged", str(error)) from None
    except NoRejudge as error:
        raise Refusal(409, "no_rejudge", str(error)) from None
    except NotNow as error:
        status = 404 if error.code == "no_set" else 403
        raise Refusal(status, error.code, str(error)) from None

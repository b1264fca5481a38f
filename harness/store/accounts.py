"""Who there is: users and their roles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from harness.errors import UsageError
from harness.store.database import new_id, now
from harness.store.people import users
from harness.store.types import AnyRow

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,37}[A-Za-z0-9])?")


class NameTaken(UsageError):
    """Somebody else has that name."""


class LastOperator(UsageError):
    """Nobody would be left who can let others in."""

    def __init__(self) -> None:
        super().__init__("this is the last operator: make somebody else one first")


@dataclass(frozen=True, slots=True)
class Account:
    """A user; `role` is `learner`, `instructor` or `operator`."""

    id: str
    name: str
    role: str
    github: str | None
    created_at: datetime
    disabled_at: datetime | None

    @property
    def teaches(self) -> bool:
        """Whether what instructors may do is allowed."""
        return self.role in ("instructor", "operator")

    @property
    def operates(self) -> bool:
        """Whether what operators may do is allowed."""
        return self.role == "operator"


def add(
    connection: Connection,
    name: str,
    role: str,
    password: str | None = None,
    github: str | None = None,
) -> Account:
    """A new user; `password` is its hash. Raises `NameTaken`, and `UsageError` for no name."""
    if not _NAME.fullmatch(name):
        raise UsageError(
            "expected a name of 1 to 39 letters, digits, dots, dashes and underscores that begins "
            f"and ends with a letter or digit, found {name[:60]!r}"
        )
    if by_name(connection, name) is not None:
        raise _taken(name)
    id, at = new_id(), now()
    row = {"id": id, "name": name, "folded": name.casefold(), "role": role, "created_at": at}
    adding = insert(users).values(**row, password=password, github=github)
    try:
        with connection.begin_nested():
            connection.execute(adding)
    except IntegrityError:  # somebody took it a moment ago
        raise _taken(name) from None
    return Account(id, name, role, github, at, None)


def by_id(connection: Connection, id: str) -> Account | None:
    """The user with an id."""
    return _one(connection, users.c.id == id)


def by_name(connection: Connection, name: str) -> Account | None:
    """The user with a name, however it is capitalised; None for what cannot be a name."""
    if not _NAME.fullmatch(name):
        return None
    return _one(connection, users.c.folded == name.casefold())


def by_github(connection: Connection, github: str) -> Account | None:
    """The user who signs in with an account of GitHub, given by its number."""
    return _one(connection, users.c.github == github)


def password(connection: Connection, id: str) -> str | None:
    """The hash of a user's password; None for who signs in otherwise."""
    return connection.execute(select(users.c.password).where(users.c.id == id)).scalar_one_or_none()


def set_password(connection: Connection, id: str, hashed: str) -> None:
    """Keep the hash of a new password."""
    connection.execute(update(users).where(users.c.id == id).values(password=hashed))


def set_github(connection: Connection, id: str, github: str | None) -> None:
    """Let a user sign in with an account of GitHub, given by its number, or no more."""
    connection.execute(update(users).where(users.c.id == id).values(github=github))


def set_role(connection: Connection, id: str, role: str) -> None:
    """Give a user another role; raises `LastOperator`."""
    if role != "operator":
        _keep_an_operator(connection, id)
    connection.execute(update(users).where(users.c.id == id).values(role=role))


def disable(connection: Connection, id: str, disabled: bool) -> None:
    """Shut a user out, or let one in again; raises `LastOperator`."""
    if disabled:
        _keep_an_operator(connection, id)
    at = now() if disabled else None
    connection.execute(update(users).where(users.c.id == id).values(disabled_at=at))


def hold(connection: Connection, id: str) -> None:
    """Wait until no other transaction that holds the same user goes on."""
    mine = select(users.c.id).where(users.c.id == id)
    connection.execute(mine.with_for_update(key_share=True))


def there_is_an_operator(connection: Connection) -> bool:
    """Whether somebody can let others in."""
    chosen = select(func.count()).where(users.c.role == "operator", users.c.disabled_at.is_(None))
    return connection.execute(chosen).scalar_one() > 0


def everyone(connection: Connection, most: int, after: str = "") -> Sequence[Account]:
    """Users by name, those after a name."""
    chosen = select(*_COLUMNS).where(users.c.folded > after.casefold())
    rows = connection.execute(chosen.order_by(users.c.folded).limit(most))
    return [_account(row) for row in rows]


_COLUMNS = (
    users.c.id,
    users.c.name,
    users.c.role,
    users.c.github,
    users.c.created_at,
    users.c.disabled_at,
)


def _taken(name: str) -> NameTaken:
    return NameTaken(f"the name {name} is taken: choose another one")


def _keep_an_operator(connection: Connection, id: str) -> None:
    """Raises `LastOperator` if a user is it. Two who shut each other out wait for each other."""
    operating = and_(users.c.role == "operator", users.c.disabled_at.is_(None))
    chosen = select(users.c.id).where(operating).order_by(users.c.id).with_for_update()
    if connection.execute(chosen).scalars().all() == [id]:
        raise LastOperator


def _one(connection: Connection, condition: ColumnElement[bool]) -> Account | None:
    row = connection.execute(select(*_COLUMNS).where(condition)).one_or_none()
    return None if row is None else _account(row)


def _account(row: AnyRow) -> Account:
    return Account(*row)

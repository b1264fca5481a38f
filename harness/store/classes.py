"""Classes: who teaches them and who learns in them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from harness.errors import UsageError
from harness.store.accounts import Account
from harness.store.database import new_id, now
from harness.store.people import classes, members, users
from harness.store.types import AnyRow, AnySelect

MOST_MEMBERS = 2_000
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another


class Unchanged(UsageError):
    """A class cannot be changed that way; the message says why."""


@dataclass(frozen=True, slots=True)
class Class:
    """A class as one of its members sees it: `teaches` says in what part."""

    id: str
    name: str
    code: str
    created_at: datetime
    archived_at: datetime | None
    teaches: bool


def create(connection: Connection, teacher: str, name: str) -> str:
    """The id of a new class with one teacher. Raises `Unchanged` where it has no name."""
    id, at = new_id(), now()
    row = {"id": id, "name": checked_name(name), "code": _code(), "created_at": at}
    connection.execute(insert(classes).values(row))
    _add(connection, id, teacher, teaches=True)
    return id


def checked_name(name: str, most: int = 80) -> str:
    """A name without space around it; raises `Unchanged` for none, and one that is too long."""
    name = " ".join(name.split())
    if not name or len(name) > most or not name.isprintable():
        raise Unchanged(f"expected a name of 1 to {most} characters, found {name[:most]!r}")
    return name


def rename(connection: Connection, id: str, name: str, archived: bool) -> None:
    """Give a class another name, and archive it or not: nothing is handed in to an archived one."""
    values = {"name": checked_name(name), "archived_at": now() if archived else None}
    connection.execute(update(classes).where(classes.c.id == id).values(**values))


def renew_code(connection: Connection, id: str) -> str:
    """A new code to join a class by; the old one is worth nothing from now on."""
    code = _code()
    connection.execute(update(classes).where(classes.c.id == id).values(code=code))
    return code


def of(connection: Connection, user: Account) -> Sequence[Class]:
    """The classes of a user, by name."""
    chosen = _seen_by(user.id).where(members.c.user_id.is_not(None))
    rows = connection.execute(chosen.order_by(func.lower(classes.c.name), classes.c.id))
    return [_class(row, user) for row in rows]


def every(connection: Connection, user: Account, most: int, after: str = "") -> Sequence[Class]:
    """All classes by id, those after one, for an operator."""
    chosen = _seen_by(user.id).where(classes.c.id > after)
    rows = connection.execute(chosen.order_by(classes.c.id).limit(most))
    return [_class(row, user) for row in rows]


def one(connection: Connection, user: Account, id: str) -> Class | None:
    """A class that a user is in; an operator is in all of them, as a teacher."""
    row = connection.execute(_seen_by(user.id).where(classes.c.id == id)).one_or_none()
    if row is None or (row.teaches is None and not user.operates):
        return None
    return _class(row, user)


def _seen_by(user: str) -> AnySelect:
    mine = and_(members.c.class_id == classes.c.id, members.c.user_id == user)
    return select(classes, members.c.teaches).select_from(classes.outerjoin(members, mine))


def _class(row: AnyRow, user: Account) -> Class:
    teaches = user.operates or (bool(row.teaches) and user.teaches)
    return Class(row.id, row.name, row.code, row.created_at, row.archived_at, teaches)


def join(connection: Connection, user: str, code: str) -> str:
    """Join the class with a code, and say which; raises `Unchanged` where there is none.

    Who is in it already stays what they are.
    """
    folded = code.strip().upper().replace("-", "").replace(" ", "")
    known = and_(classes.c.code == folded, classes.c.archived_at.is_(None))
    # Others that join wait, so that they do not overfill it together.
    chosen = select(classes.c.id).where(known).with_for_update()
    id: str | None = connection.execute(chosen).scalar_one_or_none()
    if id is None:
        raise Unchanged("no class has this code: ask who teaches it for the one it has now")
    if _count(connection, id) >= MOST_MEMBERS:
        raise Unchanged(f"this class is full: it has {MOST_MEMBERS} members")
    mine = and_(members.c.class_id == id, members.c.user_id == user)
    if connection.execute(select(members.c.user_id).where(mine)).first() is None:
        _add(connection, id, user, teaches=False)
    return id


def remove(connection: Connection, id: str, user: str) -> None:
    """Take somebody out of a class; what they handed in stays. Raises `Unchanged`.

    The last who teaches a class cannot go.
    """
    _keep_a_teacher(connection, id, user)
    mine = and_(members.c.class_id == id, members.c.user_id == user)
    if connection.execute(delete(members).where(mine)).rowcount == 0:
        raise Unchanged("there is no such member of this class")


def let_teach(connection: Connection, id: str, user: Account, teaches: bool) -> None:
    """Let somebody teach a class, who becomes a member, or learn in it. Raises `Unchanged`."""
    if teaches and not user.teaches:
        raise Unchanged(f"{user.name} is no instructor: an operator can make them one")
    if not teaches:
        _keep_a_teacher(connection, id, user.id)
    mine = and_(members.c.class_id == id, members.c.user_id == user.id)
    changed = connection.execute(update(members).where(mine).values(teaches=teaches))
    if changed.rowcount == 0:
        if not teaches:
            raise Unchanged("there is no such member of this class")
        _add(connection, id, user.id, teaches=True)


def members_of(connection: Connection, id: str) -> Sequence[AnyRow]:
    """The members of a class, who teach first, then by name: `id`, `name`, `teaches`, ..."""
    chosen = select(users.c.id, users.c.name, users.c.folded, members.c.teaches)
    chosen = chosen.add_columns(members.c.joined_at)
    joined = chosen.join(members, members.c.user_id == users.c.id).where(members.c.class_id == id)
    ordered = joined.order_by(members.c.teaches.desc(), users.c.folded)
    return connection.execute(ordered.limit(MOST_MEMBERS)).all()


def taught_by(user: str) -> AnySelect:
    """The ids of the classes that somebody teaches."""
    return select(members.c.class_id).where(members.c.user_id == user, members.c.teaches)


def _keep_a_teacher(connection: Connection, id: str, user: str) -> None:
    connection.execute(select(classes.c.id).where(classes.c.id == id).with_for_update())
    teachers = select(members.c.user_id).where(members.c.class_id == id, members.c.teaches)
    if connection.execute(teachers).scalars().all() == [user]:
        raise Unchanged("a class needs somebody who teaches it: let another one teach it first")


def _count(connection: Connection, id: str) -> int:
    counted = select(func.count()).where(members.c.class_id == id)
    return connection.execute(counted).scalar_one()


def _add(connection: Connection, id: str, user: str, teaches: bool) -> None:
    row = {"class_id": id, "user_id": user, "teaches": teaches, "joined_at": now()}
    connection.execute(insert(members).values(row))


def _code() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(8))

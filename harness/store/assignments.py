"""Problem sets of a class: what is set, when, and how often it may be tried."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from harness.store.classes import Unchanged, checked_name, remove
from harness.store.database import new_id, now
from harness.store.people import classes, members, set_problems, sets
from harness.store.sets import ALL_HINTS
from harness.store.types import AnyRow

MOST_PROBLEMS = 50
MOST_SETS = 100
MOST_ATTEMPTS = 1_000


@dataclass(frozen=True, slots=True)
class Terms:
    """What a set asks: problems in order, from when until when, how many attempts at each.

    `hints` is the most level of hints that learners see until the deadline, 0 to 3.
    """

    title: str
    problems: tuple[str, ...]
    opens_at: datetime | None = None
    deadline: datetime | None = None
    attempts: int | None = None
    hints: int = ALL_HINTS

    def checked(self, known: Collection[str]) -> Terms:
        """The same with a tidy title; raises `Unchanged` where a term makes no sense."""
        if not 1 <= len(self.problems) <= MOST_PROBLEMS:
            raise Unchanged(f"expected 1 to {MOST_PROBLEMS} problems, found {len(self.problems)}")
        strange = next((p for p in self.problems if p not in known), None)
        if strange is not None:
            raise Unchanged(f"there is no problem {strange[:80]!r}")
        if len(set(self.problems)) != len(self.problems):
            raise Unchanged("a problem comes twice: expected each once")
        if self.opens_at and self.deadline and self.opens_at >= self.deadline:
            raise Unchanged("the deadline is not after the opening: expected a later one")
        if self.attempts is not None and not 1 <= self.attempts <= MOST_ATTEMPTS:
            raise Unchanged(f"expected 1 to {MOST_ATTEMPTS} attempts, or none for no limit")
        if not 0 <= self.hints <= ALL_HINTS:
            raise Unchanged(f"expected a level of hints from 0 to {ALL_HINTS}")
        title = checked_name(self.title, 120)
        return Terms(title, self.problems, self.opens_at, self.deadline, self.attempts, self.hints)


@dataclass(frozen=True, slots=True)
class Set:
    """A set of a class."""

    id: str
    class_id: str
    terms: Terms

    @property
    def open(self) -> bool:
        """Whether something may be handed in now, as far as time goes."""
        begun = self.terms.opens_at is None or self.terms.opens_at <= now()
        return begun and not self.over

    @property
    def over(self) -> bool:
        """Whether the deadline has passed."""
        return self.terms.deadline is not None and self.terms.deadline < now()


def add(connection: Connection, class_id: str, terms: Terms) -> str:
    """The id of a new set; `terms` must have been checked. Raises `Unchanged` for one too many."""
    counted = select(func.count()).where(sets.c.class_id == class_id)
    if connection.execute(counted).scalar_one() >= MOST_SETS:
        raise Unchanged(f"a class has at most {MOST_SETS} problem sets")
    id = new_id()
    row = {"id": id, "class_id": class_id, "created_at": now(), **_columns(terms)}
    connection.execute(insert(sets).values(row))
    _place(connection, id, terms)
    return id


def change(connection: Connection, id: str, terms: Terms) -> None:
    """Set something else; `terms` must have been checked. What was handed in stays."""
    connection.execute(update(sets).where(sets.c.id == id).values(**_columns(terms)))
    connection.execute(delete(set_problems).where(set_problems.c.set_id == id))
    _place(connection, id, terms)


def drop(connection: Connection, id: str) -> None:
    """Take a set away; what was handed in to it stays, as practice."""
    connection.execute(delete(sets).where(sets.c.id == id))


def sets_of(connection: Connection, class_id: str) -> Sequence[Set]:
    """The sets of a class, the oldest first."""
    chosen = select(sets).where(sets.c.class_id == class_id)
    rows = connection.execute(chosen.order_by(sets.c.created_at, sets.c.id)).all()
    inside = set_problems.join(sets, sets.c.id == set_problems.c.set_id)
    placed = select(set_problems).select_from(inside).where(sets.c.class_id == class_id)
    problems: dict[str, list[str]] = {row.id: [] for row in rows}
    for row in connection.execute(placed.order_by(set_problems.c.position)):
        problems[row.set_id].append(row.problem)
    return [_set(row, problems[row.id]) for row in rows]


def one(connection: Connection, id: str) -> Set | None:
    """A set; None where there is no such."""
    row = connection.execute(select(sets).where(sets.c.id == id)).one_or_none()
    if row is None:
        return None
    placed = select(set_problems.c.problem).where(set_problems.c.set_id == id)
    problems = connection.execute(placed.order_by(set_problems.c.position)).scalars()
    return _set(row, list(problems))


def due(connection: Connection, user: str) -> Sequence[AnyRow]:
    """The sets of a user's classes whose deadline is still to come, the next first."""
    mine = and_(members.c.class_id == sets.c.class_id, members.c.user_id == user)
    chosen = select(sets.c.id, sets.c.class_id, sets.c.title, sets.c.deadline)
    coming = chosen.join(members, mine).where(sets.c.deadline > now())
    return connection.execute(coming.order_by(sets.c.deadline).limit(MOST_SETS)).all()


def leave(connection: Connection, class_id: str, user: str) -> None:
    """Let somebody leave a class; raises `Unchanged`.

    Who learns in it stays until its sets with limits are over: who left and joined again could do
    meanwhile what they do not allow.
    """
    limits = or_(sets.c.attempts.is_not(None), sets.c.hints < ALL_HINTS)
    goes_on = or_(sets.c.deadline.is_(None), sets.c.deadline >= now())
    learns = and_(members.c.user_id == user, members.c.teaches.is_(False))
    chosen = (
        select(sets.c.title)
        .join(classes, classes.c.id == sets.c.class_id)
        .join(members, members.c.class_id == classes.c.id)
        .where(classes.c.id == class_id, classes.c.archived_at.is_(None), learns, limits, goes_on)
    )
    title = connection.execute(chosen.order_by(sets.c.id).limit(1)).scalar_one_or_none()
    if title is not None:
        raise Unchanged(
            f"{title} goes on, and limits attempts or hints: leave when it is over, or ask who "
            "teaches the class to take you out"
        )
    remove(connection, class_id, user)


def _set(row: AnyRow, problems: Sequence[str]) -> Set:
    terms = Terms(row.title, tuple(problems), row.opens_at, row.deadline, row.attempts, row.hints)
    return Set(row.id, row.class_id, terms)


def _columns(terms: Terms) -> dict[str, object]:
    return {
        "title": terms.title,
        "opens_at": terms.opens_at,
        "deadline": terms.deadline,
        "attempts": terms.attempts,
        "hints": terms.hints,
    }


def _place(connection: Connection, id: str, terms: Terms) -> None:
    rows = [
        {"set_id": id, "problem": problem, "position": position}
        for position, problem in enumerate(terms.problems)
    ]
    connection.execute(insert(set_problems), rows)

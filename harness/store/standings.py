"""How learners stand: with each problem, and against each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Subquery,
    and_,
    case,
    func,
    literal,
    select,
    tuple_,
)

from harness.store import paging
from harness.store.people import users
from harness.store.tables import judgings, submissions
from harness.store.types import Instant

ACCEPTED, TRIED = "accepted", "tried"
_NO_PROGRAM = 1_000_000_000  # what was accepted without a program to count comes last


@dataclass(frozen=True, slots=True)
class Standing:
    """A place on a leaderboard: the accepted program with the fewest equations, then the first."""

    rank: int
    user_id: str
    user: str
    equations: int | None
    accepted_at: datetime
    submission: str

    @property
    def cursor(self) -> str:
        """Where it stands, whoever comes before it meanwhile; it tells no more than the place."""
        counted = _NO_PROGRAM if self.equations is None else self.equations
        return f"{counted}-{paging.cursor(self.accepted_at, self.user.casefold())}"


def leaderboard(
    connection: Connection, problem: str, most: int, after: str | None = None
) -> Sequence[Standing]:
    """The places after a cursor, at most so many; who is shut out has none.

    Raises `UsageError` for what is no cursor.
    """
    places = _places(problem)
    chosen = select(places)
    if after is not None:
        chosen = chosen.where(_later(places, after))
    rows = connection.execute(chosen.order_by(places.c.rank).limit(most))
    return [Standing(*row[:6]) for row in rows]


def _later(places: Subquery, cursor: str) -> ColumnElement[bool]:
    counted, _, rest = cursor.partition("-")
    at, folded = paging.position(rest)
    if not counted.isdecimal() or len(counted) > len(str(_NO_PROGRAM)):
        raise paging.no_cursor()
    key = (literal(int(counted), BigInteger), literal(at, Instant), literal(folded))
    return tuple_(places.c.counted, places.c.created_at, places.c.folded) > tuple_(*key)


def progress(connection: Connection, user: str) -> Mapping[str, str]:
    """By problem, whether a user was `accepted` once or has `tried`; others are not in it."""
    best = func.max(case((and_(judgings.c.current, judgings.c.verdict == "accepted"), 1), else_=0))
    chosen = select(judgings.c.problem, best).where(judgings.c.user_id == user)
    rows = connection.execute(chosen.group_by(judgings.c.problem))
    return {problem: ACCEPTED if accepted else TRIED for problem, accepted in rows}


def _places(problem: str) -> Subquery:
    best = _best(problem)
    order = (best.c.counted, best.c.created_at, best.c.folded)
    return (
        select(
            func.row_number().over(order_by=order).label("rank"),
            best.c.user_id,
            best.c.user,
            best.c.equations,
            best.c.created_at,
            best.c.id,
            best.c.folded,
            best.c.counted,
        )
        .where(best.c.place == 1)
        .subquery()
    )


def _best(problem: str) -> Subquery:
    """All accepted submissions to a problem, each with its place among its user's."""
    s, j = submissions.c, judgings.c
    counted = func.coalesce(j.equations, _NO_PROGRAM)
    accepted = and_(j.problem == problem, j.verdict == "accepted", j.current)
    place = func.row_number().over(partition_by=s.user_id, order_by=(counted, s.created_at, s.id))
    return (
        select(
            s.id,
            s.user_id,
            users.c.name.label("user"),
            users.c.folded,
            s.created_at,
            j.equations,
            counted.label("counted"),
            place.label("place"),
        )
        .select_from(
            judgings.join(submissions, s.id == j.submission_id).join(users, users.c.id == s.user_id)
        )
        .where(accepted, users.c.disabled_at.is_(None))
        .subquery()
    )

"""The rules of problem sets: what may be handed in now, and which hints are shown.

Who teaches a class is not bound by the rules of its sets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Join, and_, func, or_, select

from harness.errors import UsageError
from harness.store import accounts
from harness.store.database import now
from harness.store.people import classes, members, set_problems, sets
from harness.store.tables import judgings, submissions
from harness.store.types import AnyRow

ALL_HINTS = 3


class NotNow(UsageError):
    """A set does not take a submission; `code` says why.

    `no_set`: there is no such set for this user and problem. `not_open`, `closed`, `no_attempts`:
    its rules. `in_a_set`: it must be handed in through a set, and is not.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def check(connection: Connection, user: str, set_id: str | None, problem: str) -> None:
    """Raises `NotNow` unless a user may hand a problem in now, through a set or without one.

    It must be asked in the transaction that accepts: others of the same user wait until that has
    ended, so that two at once do not get past the last attempt.
    """
    if set_id is None:
        _check_practice(connection, user, problem)
        return
    row = _rules(connection, user, set_id, problem)
    if row.teaches:
        return
    at = now()
    if row.opens_at is not None and at < row.opens_at:
        raise NotNow("not_open", f"{row.title} opens at {_moment(row.opens_at)}")
    if row.archived_at is not None:
        raise NotNow("closed", "the class has ended")
    if row.deadline is not None and at > row.deadline:
        raise NotNow("closed", f"the deadline of {row.title} was {_moment(row.deadline)}")
    if row.attempts is not None:
        _check_attempts(connection, user, set_id, problem, row.attempts)


def _rules(connection: Connection, user: str, set_id: str, problem: str) -> AnyRow:
    chosen = (
        select(sets, classes.c.archived_at, members.c.teaches)
        .select_from(_sets_of(user))
        .where(sets.c.id == set_id, set_problems.c.problem == problem)
    )
    row = connection.execute(chosen).one_or_none()
    if row is None:
        raise NotNow("no_set", "there is no such problem set for you with this problem")
    return row


def _check_attempts(
    connection: Connection, user: str, set_id: str, problem: str, most: int
) -> None:
    accounts.hold(connection, user)
    used = attempts(connection, user, set_id).get(problem, 0)
    if used >= most:
        raise NotNow("no_attempts", f"all {most} attempts at this problem are used")


def _check_practice(connection: Connection, user: str, problem: str) -> None:
    """Attempts that are counted cannot be got around by practising."""
    counting = and_(_binding(problem), sets.c.attempts.is_not(None))
    chosen = select(sets.c.title, sets.c.id).select_from(_sets_of(user)).where(counting)
    row = connection.execute(chosen.order_by(sets.c.id).limit(1)).one_or_none()
    if row is not None:
        raise NotNow(
            "in_a_set",
            f"attempts at this problem are counted in {row.title}: hand it in there (set {row.id})",
        )


def attempts(connection: Connection, user: str, set_id: str) -> Mapping[str, int]:
    """How many attempts a user has made at each problem of a set; judge errors do not count."""
    failed = and_(judgings.c.submission_id == submissions.c.id, judgings.c.current)
    joined = submissions.outerjoin(judgings, failed)
    counts = or_(judgings.c.verdict.is_(None), judgings.c.verdict != "judge_error")
    mine = and_(submissions.c.user_id == user, submissions.c.set_id == set_id)
    chosen = select(submissions.c.problem, func.count()).select_from(joined).where(mine, counts)
    rows = connection.execute(chosen.group_by(submissions.c.problem))
    return {str(problem): int(count) for problem, count in rows}


def hints(connection: Connection, user: str, problem: str) -> int:
    """The most level of hints that a user may see for a problem now.

    While a set with the problem is open to its learners, that set's level holds for whatever they
    hand in to the problem, also as practice.
    """
    chosen = select(func.min(sets.c.hints)).select_from(_sets_of(user))
    found = connection.execute(chosen.where(_binding(problem))).scalar_one()
    return ALL_HINTS if found is None else int(found)


def open_sets(connection: Connection, user: str, problem: str) -> Sequence[AnyRow]:
    """The sets with a problem that are open to a user who learns in their class, by deadline."""
    told = select(sets.c.id, sets.c.class_id, sets.c.title).select_from(_sets_of(user))
    found = told.where(_binding(problem)).order_by(sets.c.deadline.is_(None), sets.c.deadline)
    return connection.execute(found).all()


def _sets_of(user: str) -> Join:
    """Sets joined with the classes that a user is in, and their problems."""
    mine = and_(members.c.class_id == sets.c.class_id, members.c.user_id == user)
    return (
        sets.join(classes, classes.c.id == sets.c.class_id)
        .join(members, mine)
        .join(set_problems, set_problems.c.set_id == sets.c.id)
    )


def _binding(problem: str) -> ColumnElement[bool]:
    at = now()
    begun = or_(sets.c.opens_at.is_(None), sets.c.opens_at <= at)
    goes_on = or_(sets.c.deadline.is_(None), sets.c.deadline >= at)
    learns = and_(members.c.teaches.is_(False), classes.c.archived_at.is_(None))
    return and_(set_problems.c.problem == problem, begun, goes_on, learns)


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M UTC")

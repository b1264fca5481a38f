"""The rules of problem sets: what may be handed in now, and which hints are shown.

Who teaches a class is not bound by the rules of its sets. What a learner hands in anywhere is an
attempt for each open set that counts them: each verdict tells as much as one through that set.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Join,
    ScalarSelect,
    and_,
    case,
    func,
    or_,
    select,
)

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
    accounts.hold(connection, user)
    if set_id is not None:
        _check_terms(connection, user, set_id, problem)
    limited = [each for each in open_sets(connection, user, problem) if each.attempts is not None]
    for each in limited:
        if each.used >= each.attempts:
            raise NotNow("no_attempts", _used_up(each))
    if set_id is None and limited:
        first = limited[0]
        raise NotNow(
            "in_a_set",
            f"attempts at this problem are counted in {first.title}: hand it in there "
            f"(set {first.id})",
        )


def _check_terms(connection: Connection, user: str, set_id: str, problem: str) -> None:
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


def _used_up(limited: AnyRow) -> str:
    ends = limited.deadline
    until = "" if ends is None else f"; after its deadline, {_moment(ends)}, you can practise it"
    return f"all {limited.attempts} attempts at this problem in {limited.title} are used{until}"


def attempts(connection: Connection, user: str, set_id: str) -> Mapping[str, int]:
    """How many attempts a user has made at each problem of a set."""
    joined = sets.join(set_problems, set_problems.c.set_id == sets.c.id)
    chosen = select(set_problems.c.problem, _used(user)).select_from(joined)
    rows = connection.execute(chosen.where(sets.c.id == set_id))
    return {str(problem): int(count) for problem, count in rows}


def _used(user: str) -> ScalarSelect[int]:
    """How many attempts a user has made at a problem of a set; judge errors do not count."""
    s, j = submissions.c, judgings.c
    joined = submissions.outerjoin(judgings, and_(j.submission_id == s.id, j.current))
    judged = or_(j.verdict.is_(None), j.verdict != "judge_error")
    mine = and_(s.user_id == user, s.problem == set_problems.c.problem)
    counted = select(func.count()).select_from(joined).where(mine, judged, _counts())
    return counted.correlate(sets, set_problems).scalar_subquery()


def _counts() -> ColumnElement[bool]:
    """What was handed in through a set; where it limits attempts, all there was while it was open.

    So it does not matter whether that was through another set, or before its class was joined.
    """
    at = submissions.c.created_at
    later = sets.c.opens_at > sets.c.created_at
    begun = at >= case((later, sets.c.opens_at), else_=sets.c.created_at)
    in_time = or_(sets.c.deadline.is_(None), at <= sets.c.deadline)
    limited = and_(sets.c.attempts.is_not(None), begun, in_time)
    return or_(submissions.c.set_id == sets.c.id, limited)


def hints(connection: Connection, user: str, problem: str) -> int:
    """The most level of hints that a user may see for a problem now.

    While a set with the problem is open to its learners, that set's level holds for whatever they
    hand in to the problem, also as practice.
    """
    chosen = select(func.min(sets.c.hints)).select_from(_sets_of(user))
    found = connection.execute(chosen.where(_binding(problem))).scalar_one()
    return ALL_HINTS if found is None else int(found)


def open_sets(connection: Connection, user: str, problem: str) -> Sequence[AnyRow]:
    """The sets with a problem that are open to a user who learns in their class, by deadline.

    Each with how many `attempts` it allows, None for any number, and how many are `used`.
    """
    told = select(sets.c.id, sets.c.class_id, sets.c.title, sets.c.deadline, sets.c.attempts)
    found = told.add_columns(_used(user).label("used")).select_from(_sets_of(user))
    by_deadline = (sets.c.deadline.is_(None), sets.c.deadline, sets.c.id)
    return connection.execute(found.where(_binding(problem)).order_by(*by_deadline)).all()


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

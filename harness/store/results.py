"""What the members of a class have reached, in a number of queries that does not grow with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, FromClause, and_, case, func, or_, select

from harness.store import classes
from harness.store.people import members, set_problems, sets
from harness.store.tables import judgings, submissions
from harness.store.types import AnySelect


@dataclass(frozen=True, slots=True)
class Cell:
    """The best that a learner handed in to a problem; without a verdict while it is not judged.

    What was in time comes before what was `late`. `attempts` are all, but for judge errors.
    """

    submission: str
    verdict: str | None
    score: float | None
    max_score: float | None
    late: bool
    attempts: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Learner:
    """A learner's row: cells by the ids of problems; there is none where nothing was handed in."""

    id: str
    name: str
    cells: Mapping[str, Cell]

    @property
    def accepted(self) -> int:
        """How many problems are accepted in time."""
        return sum(c.verdict == "accepted" and not c.late for c in self.cells.values())

    @property
    def score(self) -> float:
        """The sum of what was reached in time."""
        return sum(c.score or 0.0 for c in self.cells.values() if not c.late)

    @property
    def last(self) -> datetime | None:
        """When the last of the best was handed in."""
        return max((c.at for c in self.cells.values()), default=None)


def of_class(
    connection: Connection, class_id: str, chosen: Collection[str], user: str | None = None
) -> Sequence[Learner]:
    """The learners of a class by name, with what they handed in to some of its sets.

    To a set counts what was handed in through it, and, as late, what they did at its problems
    after its deadline. With `user`, only that one's row.
    """
    learners = [m for m in classes.members_of(connection, class_id) if not m.teaches]
    if user is not None:
        learners = [m for m in learners if m.id == user]
    cells: dict[str, dict[str, Cell]] = {m.id: {} for m in learners}
    for row in connection.execute(_best(class_id, chosen, user)):
        if row.user_id in cells:
            cells[row.user_id][row.problem] = Cell(*row[2:])
    return [Learner(m.id, m.name, cells[m.id]) for m in learners]


def _best(class_id: str, chosen: Collection[str], user: str | None) -> AnySelect:
    s, j = submissions.c, judgings.c
    late = case((and_(sets.c.deadline.is_not(None), s.created_at > sets.c.deadline), 1), else_=0)
    each = (
        select(
            s.user_id,
            s.problem,
            s.id,
            j.verdict,
            j.score,
            j.max_score,
            late.label("late"),
            s.created_at,
            case((func.coalesce(j.verdict, "") == "judge_error", 0), else_=1).label("counts"),
        )
        .select_from(_handed_in())
        .where(members.c.class_id == class_id, sets.c.id.in_(chosen))
    )
    if user is not None:
        each = each.where(s.user_id == user)
    return _first_of_each(each)


def _first_of_each(each: AnySelect) -> AnySelect:
    e = each.subquery().c
    mine = [e.user_id, e.problem]
    accepted = case((e.verdict == "accepted", 0), else_=1)
    judged = case((e.verdict.is_(None), 2), (e.counts == 0, 1), else_=0)
    best = [e.late, accepted, func.coalesce(e.score, 0.0).desc(), judged, e.created_at, e.id]
    place = func.row_number().over(partition_by=mine, order_by=best).label("place")
    attempts = func.sum(e.counts).over(partition_by=mine).label("attempts")
    ranked = select(e.user_id, e.problem, e.id, e.verdict, e.score, e.max_score, e.late)
    r = ranked.add_columns(attempts, e.created_at, place).subquery().c
    told = [r.user_id, r.problem, r.id, r.verdict, r.score, r.max_score, r.late == 1]
    return select(*told, r.attempts, r.created_at).where(r.place == 1)


def _handed_in() -> FromClause:
    """Submissions of learners, each with the sets that it counts to."""
    return (
        submissions.join(members, members.c.user_id == submissions.c.user_id)
        .join(sets, and_(sets.c.class_id == members.c.class_id, _counts_to()))
        .outerjoin(
            judgings,
            and_(judgings.c.submission_id == submissions.c.id, judgings.c.current),
        )
    )


def _counts_to() -> ColumnElement[bool]:
    s = submissions.c
    asked = and_(set_problems.c.set_id == sets.c.id, set_problems.c.problem == s.problem)
    inside = select(set_problems.c.problem).where(asked).correlate(sets, submissions).exists()
    practised = and_(s.set_id.is_(None), s.created_at > sets.c.deadline)
    return and_(inside, or_(s.set_id == sets.c.id, practised))

"""What a rejudge would change, and the decision: all of it counts from one moment on, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from harness.store.audit import note
from harness.store.database import alone, now
from harness.store.people import users
from harness.store.rejudging import NoRejudge, progress
from harness.store.tables import events, judgings, rejudges, submissions, versions
from harness.store.types import AnyRow, AnySelect

_LOCK = 7_304_119_527
_old, _new = judgings.alias("old"), judgings


@dataclass(frozen=True, slots=True)
class Change:
    """So many submissions whose verdict goes from one to another.

    `scores` of them get another score.
    """

    before: str
    after: str
    count: int
    scores: int


def changes(connection: Connection, row: AnyRow) -> Sequence[Change]:
    """What a rejudge does, or has done, the most frequent first; judge errors are not in it."""
    scores = func.sum(case((_old.c.score != _new.c.score, 1), else_=0))
    verdicts = _old.c.verdict, _new.c.verdict
    found = _pairs(row).with_only_columns(*verdicts, func.count(), scores).group_by(*verdicts)
    ordered = found.order_by(func.count().desc(), *verdicts)
    return [Change(*each) for each in connection.execute(ordered)]


def changed(connection: Connection, row: AnyRow, most: int, after: str = "") -> Sequence[AnyRow]:
    """The submissions that a rejudge changes, or has changed, by id, those after one.

    Columns: `id`, `user`, `problem`, `before`, `before_score`, `after`, `after_score`.
    """
    found = _pairs(row).where(_differs(), submissions.c.id > after)
    return connection.execute(found.order_by(submissions.c.id).limit(most)).all()


def _pairs(row: AnyRow) -> AnySelect:
    """What counted or counts beside what a rejudge found."""
    counted = and_(_old.c.submission_id == _new.c.submission_id, _old.c.current)
    before = _old.c.id == _new.c.replaces if row.state == "applied" else counted
    joined = (
        judgings.join(_old, before)
        .join(submissions, submissions.c.id == _new.c.submission_id)
        .join(users, users.c.id == submissions.c.user_id)
    )
    told = select(
        submissions.c.id,
        users.c.name.label("user"),
        submissions.c.problem,
        _old.c.verdict.label("before"),
        _old.c.score.label("before_score"),
        _new.c.verdict.label("after"),
        _new.c.score.label("after_score"),
    )
    return told.select_from(joined).where(_new.c.rejudge_id == row.id, _counts(_new))


def _counts(judged: FromClause) -> ColumnElement[bool]:
    """A judge error says nothing of a submission: what counted before stays."""
    return and_(judged.c.state == "done", judged.c.verdict != "judge_error")


def _differs() -> ColumnElement[bool]:
    return or_(_old.c.verdict != _new.c.verdict, _old.c.score != _new.c.score)


def superseded(connection: Connection, id: str) -> bool:
    """Whether a problem has got a newer version since a rejudge began: it cannot be applied."""
    older = and_(judgings.c.rejudge_id == id, versions.c.current.is_(False))
    joined = judgings.join(versions, versions.c.id == judgings.c.version)
    found = select(judgings.c.id).select_from(joined).where(older).limit(1)
    return connection.execute(found).first() is not None


def apply(connection: Connection, actor: str, id: str) -> bool:
    """Let what a rejudge found count, all at once; False if it does already.

    Raises `NoRejudge` for one that was dropped, is not judged to the end, or was made for a version
    that a problem no longer has.
    """
    row = _undecided(connection, id, "applied")
    if row is None:
        return False
    states = progress(connection, id)
    left = states.get("queued", 0) + states.get("running", 0)
    if left:
        raise NoRejudge(f"{left} of {sum(states.values())} are not judged yet: wait for them")
    if superseded(connection, id):
        raise NoRejudge(
            "a problem has got a newer version since: drop this rejudge, and begin another"
        )
    told = _tell(connection, row)
    _make_current(connection, id)
    _decide(connection, actor, id, "applied", {"changed": told})
    return True


def drop(connection: Connection, actor: str, id: str) -> bool:
    """Let nothing that a rejudge found count; False if it was dropped before.

    What is not judged yet is not judged any more, and what is brought late is not kept. Raises
    `NoRejudge` for one that was applied.
    """
    if _undecided(connection, id, "dropped") is None:
        return False
    # Also what is being judged: if its worker were lost, it would wait in the queue again.
    left = and_(judgings.c.rejudge_id == id, judgings.c.state.in_(("queued", "running")))
    connection.execute(delete(judgings).where(left))
    _decide(connection, actor, id, "dropped", {})
    return True


def _undecided(connection: Connection, id: str, wanted: str) -> AnyRow | None:
    """The row of a rejudge that nobody else decides now; None for one decided as is wanted."""
    alone(connection, _LOCK)
    row = connection.execute(select(rejudges).where(rejudges.c.id == id)).one()
    if row.state not in ("judging", wanted):
        raise NoRejudge(f"this rejudge was {row.state} already, and stays so")
    return row if row.state == "judging" else None


def _decide(
    connection: Connection, actor: str, id: str, state: str, details: dict[str, Any]
) -> None:
    values = {"state": state, "decided_at": now()}
    connection.execute(update(rejudges).where(rejudges.c.id == id).values(**values))
    note(connection, actor, f"rejudge.{state}", id, details)


def _tell(connection: Connection, row: AnyRow) -> int:
    """An event for each submission whose verdict or score changes; says how many those are."""
    rows = connection.execute(_pairs(row).where(_differs())).all()
    at = now()
    told = [
        {
            "submission_id": each.id,
            "at": at,
            "kind": "rejudged",
            "data": {"verdict": each.after, "before": each.before, "rejudge": row.id},
        }
        for each in rows
    ]
    if told:
        connection.execute(insert(events), told)
    return len(told)


def _make_current(connection: Connection, id: str) -> None:
    mine = and_(_new.c.rejudge_id == id, _counts(_new))
    counted = select(_old.c.id).where(_old.c.submission_id == _new.c.submission_id, _old.c.current)
    replaces = counted.correlate(_new).scalar_subquery()
    # Another rejudge may have been applied since this one began.
    moved = and_(mine, _new.c.replaces != replaces)
    connection.execute(update(_new).where(moved).values(replaces=replaces))
    replaced = select(_old.c.replaces).where(_old.c.rejudge_id == id, _counts(_old))
    connection.execute(update(_new).where(_new.c.id.in_(replaced)).values(current=False))
    connection.execute(update(_new).where(mine).values(current=True))

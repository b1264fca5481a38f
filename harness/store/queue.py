"""The queue: judgings are leased to workers, and each counts once whoever brings it.

A judging's row is the truth. `attempt` and `worker` are the fence: what a worker brings for an
attempt that is no longer the row's is dropped, so that it does not matter how often or how late it
comes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select, update

from harness.store import fleet, hooks, order
from harness.store.database import now
from harness.store.submissions import LIVE, REJUDGE, record
from harness.store.tables import judgings, submissions
from harness.store.types import AnyRow, AnySelect

LEASE = timedelta(seconds=30)
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Claim:
    """A judging that a worker holds: what to judge, by which version of which problem."""

    judging: str
    attempt: int
    submission: str
    problem: str
    version: str
    name: str
    source: bytes
    worker: str
    live: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A judging that is being judged; renewing it changes `lease_until`."""

    judging: str
    attempt: int
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a worker brings: the report as a document, and what the lists and tables show of it."""

    verdict: str
    score: float
    max_score: float
    equations: int | None
    report: Mapping[str, Any]


def waiting(connection: Connection, known: Collection[str], live_only: bool = False) -> bool:
    """Whether there may be something to claim: a cheap question, before the dear one."""
    priorities = (LIVE,) if live_only else (LIVE, REJUDGE)
    asked = (order.waiting(known, priority) for priority in priorities)
    return any(connection.execute(each).first() is not None for each in asked)


def length(connection: Connection) -> int:
    """How many live judgings wait."""
    live = and_(judgings.c.state == "queued", judgings.c.priority == LIVE)
    return connection.execute(select(func.count()).where(live)).scalar_one()


def stale(connection: Connection) -> bool:
    """Whether something waits for a version of its problem that is no longer its version."""
    found = select(judgings.c.id).where(fleet.stale()).limit(1)
    return connection.execute(found).first() is not None


def running(connection: Connection) -> Sequence[Held]:
    """What is being judged now."""
    chosen = select(judgings.c.id, judgings.c.attempt, judgings.c.lease_until)
    judged = chosen.where(judgings.c.state == "running")
    return [Held(*row) for row in connection.execute(judged)]


def claim(
    connection: Connection,
    worker: str,
    known: Collection[str],
    live_only: bool = False,
    lease: timedelta = LEASE,
) -> Claim | None:
    """The judging that is next, leased to a worker; None if there is none for it.

    `known` are the versions of problems that the worker can judge by. Live ones come before
    rejudges, which come in order. Among the live, the first of whoever has the fewest running is
    next, so that many submissions of one user do not keep others waiting.
    """
    taken = _take(connection, order.live(known), worker, lease)
    if taken is None and not live_only:
        taken = _take(connection, order.rejudges(known), worker, lease)
    return taken


def _take(connection: Connection, chosen: AnySelect, worker: str, lease: timedelta) -> Claim | None:
    while ids := connection.execute(chosen).scalars().all():
        # One that another worker takes just now is not waited for, unless all are being taken.
        for patient, id in product((False, True), ids):
            row = _run(connection, id, worker, lease, patient)
            if row is not None:
                return _claim(connection, row, worker)
    return None


def _run(
    connection: Connection, id: str, worker: str, lease: timedelta, patient: bool
) -> AnyRow | None:
    same = judgings.alias()
    free = select(same.c.id).where(same.c.id == id, same.c.state == "queued")
    free = free.with_for_update(skip_locked=not patient)
    at = now()
    taken = {
        "state": "running",
        "attempt": judgings.c.attempt + 1,
        "worker": worker,
        "lease_until": at + lease,
        "started_at": at,
    }
    mine = update(judgings).where(judgings.c.id == free.scalar_subquery())
    return connection.execute(mine.values(**taken).returning(*_ROW)).one_or_none()


def _claim(connection: Connection, row: AnyRow, worker: str) -> Claim:
    if live := row.priority == LIVE:
        record(connection, row.submission_id, "running", {"attempt": row.attempt})
    s = submissions.c
    offered = select(s.name, s.source).where(s.id == row.submission_id)
    asked = (row.submission_id, row.problem, row.version, *connection.execute(offered).one())
    return Claim(row.id, row.attempt, *asked, worker, live)


def renew(connection: Connection, held: Claim, lease: timedelta = LEASE) -> bool:
    """Hold a judging for longer; False if it is no longer the worker's."""
    return _changed(connection, held, {"lease_until": now() + lease}) is not None


def finish(connection: Connection, held: Claim, outcome: Outcome) -> bool:
    """Keep what a worker brings; False, and nothing, if the judging is no longer its.

    A live judging counts from now on; one of a rejudge when that is applied.
    """
    row = _changed(
        connection,
        held,
        {
            "state": "done",
            "finished_at": now(),
            "lease_until": None,
            "verdict": outcome.verdict,
            "score": outcome.score,
            "max_score": outcome.max_score,
            "equations": outcome.equations,
            "report": dict(outcome.report),
            "error": None,
        },
    )
    if row is None:
        return False
    if outcome.verdict == "judge_error":
        fleet.suspect(connection, row.version)
    _settle(connection, row, outcome.verdict)
    return True


def give_up(connection: Connection, held: Claim, why: str) -> bool:
    """Put back a judging that a worker could not judge; it is dead after its last attempt.

    False, and nothing, if it is no longer the worker's. A dead one has the verdict `judge_error`.
    """
    row = _changed(connection, held, _put_back(held.attempt, why))
    if row is None:
        return False
    _after_loss(connection, row)
    return True


def put_back(connection: Connection, held: Claim) -> bool:
    """Give back a judging that was not begun, as if it had never been claimed."""
    values = {"state": "queued", "worker": None, "lease_until": None, "attempt": held.attempt - 1}
    return _changed(connection, held, values) is not None


def sweep(connection: Connection, ended: Collection[Held]) -> int:
    """Put back judgings that nobody holds on to, and say how many; often tried, one is dead."""
    # In one order, so that two that sweep at once do not wait for each other.
    return sum(_lost(connection, _still(held)) for held in sorted(ended, key=_number))


def _number(held: Held) -> str:
    return held.judging


def _still(held: Held) -> ColumnElement[bool]:
    return and_(judgings.c.id == held.judging, judgings.c.lease_until == held.lease_until)


def forfeit(connection: Connection, worker: str) -> int:
    """Put back what a worker holds that is known to have ended, and say how much."""
    return _lost(connection, judgings.c.worker == worker)


def _lost(connection: Connection, condition: ColumnElement[bool]) -> int:
    ended = and_(judgings.c.state == "running", condition)
    chosen = select(judgings.c.id, judgings.c.attempt, judgings.c.worker).where(ended)
    count = 0
    # In one order, so that two that sweep at once do not wait for each other.
    for id, attempt, worker in connection.execute(chosen.order_by(judgings.c.id)).all():
        why = f"worker {worker} was lost while it judged"
        row = connection.execute(
            update(judgings)
            .where(judgings.c.id == id, judgings.c.attempt == attempt, ended)
            .values(**_put_back(attempt, why))
            .returning(*_ROW)
        ).one_or_none()
        if row is not None:
            _after_loss(connection, row)
            count += 1
    return count


_ROW = (
    judgings.c.id,
    judgings.c.submission_id,
    judgings.c.problem,
    judgings.c.version,
    judgings.c.priority,
    judgings.c.state,
    judgings.c.attempt,
    judgings.c.error,
)


def _changed(connection: Connection, held: Claim, values: Mapping[str, Any]) -> AnyRow | None:
    """The row after a change, if it is still that of the attempt that is held.

    What was given back is claimed again with the same number, so that the worker is asked for too.
    """
    attempt = and_(judgings.c.attempt == held.attempt, judgings.c.worker == held.worker)
    mine = and_(judgings.c.id == held.judging, attempt)
    return connection.execute(
        update(judgings)
        .where(mine, judgings.c.state == "running")
        .values(**values)
        .returning(*_ROW)
    ).one_or_none()


def _put_back(attempt: int, why: str) -> dict[str, Any]:
    if attempt < ATTEMPTS:
        return {"state": "queued", "worker": None, "lease_until": None, "error": why}
    return {
        "state": "dead",
        "finished_at": now(),
        "lease_until": None,
        "verdict": "judge_error",
        "score": 0.0,
        "max_score": 0.0,
        "error": why,
    }


def _after_loss(connection: Connection, row: AnyRow) -> None:
    if row.state == "dead":
        fleet.suspect(connection, row.version)
        _settle(connection, row, "judge_error")
    elif row.priority == LIVE:
        record(connection, row.submission_id, "queued", {"attempt": row.attempt})


def _settle(connection: Connection, row: AnyRow, verdict: str) -> None:
    """Make a live judging the one that counts, and tell of it."""
    if row.priority != LIVE:
        return
    make_current(connection, row.id, row.submission_id)
    record(connection, row.submission_id, "done", {"verdict": verdict})
    hooks.announce(connection, row.submission_id)


def make_current(connection: Connection, judging: str, submission: str) -> None:
    """Let one judging of a submission count in the place of any other."""
    others = and_(judgings.c.submission_id == submission, judgings.c.current)
    connection.execute(update(judgings).where(others).values(current=False))
    connection.execute(update(judgings).where(judgings.c.id == judging).values(current=True))

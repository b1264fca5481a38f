"""How the server does, in figures, for whoever watches it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select

from harness.store.database import clock, now
from harness.store.fleet import heard
from harness.store.submissions import LIVE, REJUDGE
from harness.store.tables import STATES, judgings, submissions, versions, workers

WORKER_STATES = ("working", "silent", "out")


@dataclass(frozen=True, slots=True)
class Figures:
    """What is there now.

    `queued` is by priority, `live` and `rejudge`; `oldest` is for how many seconds the judging that
    waits longest has been waiting; `judgings` are by state, `verdicts` those that count. `workers`
    are by state: `silent` have not been heard of for a while, `out` were taken out. `barred` is how
    many problems were.
    """

    queued: Mapping[str, int]
    oldest: float
    judgings: Mapping[str, int]
    verdicts: Mapping[str, int]
    workers: Mapping[str, int]
    barred: int
    submissions: int


def figures(connection: Connection) -> Figures:
    """Count."""
    waiting = judgings.c.state == "queued"
    queued = _counts(connection, judgings.c.priority, waiting)
    first = connection.execute(select(func.min(judgings.c.queued_at)).where(waiting)).scalar_one()
    out = versions.c.quarantined_at.is_not(None)
    return Figures(
        {"live": queued.get(LIVE, 0), "rejudge": queued.get(REJUDGE, 0)},
        0.0 if first is None else max(0.0, (now() - first).total_seconds()),
        {**dict.fromkeys(STATES, 0), **_counts(connection, judgings.c.state)},
        _counts(connection, judgings.c.verdict, judgings.c.current),
        {**dict.fromkeys(WORKER_STATES, 0), **_workers(connection)},
        connection.execute(select(func.count()).where(out, versions.c.current)).scalar_one(),
        connection.execute(select(func.count()).select_from(submissions)).scalar_one(),
    )


def _workers(connection: Connection) -> Mapping[str, int]:
    out = workers.c.quarantined_at.is_not(None)
    state = case((out, "out"), (heard(clock(connection)), "working"), else_="silent")
    return _counts(connection, state, workers.c.ended_at.is_(None))


def _counts(
    connection: Connection, by: ColumnElement[Any], *conditions: ColumnElement[bool]
) -> dict[Any, int]:
    chosen = select(by.label("kind"), func.count()).where(*conditions)
    return {row[0]: row[1] for row in connection.execute(chosen.group_by("kind"))}

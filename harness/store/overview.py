"""What an operator wants to see: the queue, the workers, the verdicts, and what is taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, func, or_, select, text

from harness.store.database import clock, now
from harness.store.fleet import ALIVE, alive
from harness.store.people import users
from harness.store.submissions import LIVE, REJUDGE
from harness.store.tables import judgings, submissions, versions, workers
from harness.store.types import AnyRow

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
_MOST_WORKERS = 500


@dataclass(frozen=True, slots=True)
class Line:
    """Judgings of one priority: how many wait and are being judged, and since when the oldest."""

    waiting: int
    running: int
    oldest: datetime | None


def queue(connection: Connection) -> Mapping[str, Line]:
    """The queue: `live`, and `rejudge`, which comes after it."""
    j = judgings.c
    counted = select(j.priority, j.state, func.count().label("count"), func.min(j.queued_at))
    open_ = counted.where(j.state.in_(("queued", "running"))).group_by(j.priority, j.state)
    found = {(row[0], row[1]): row for row in connection.execute(open_)}
    return {name: _line(found, priority) for name, priority in _PRIORITIES.items()}


_PRIORITIES = {"live": LIVE, "rejudge": REJUDGE}


def _line(found: Mapping[tuple[int, str], AnyRow], priority: int) -> Line:
    waiting, running = found.get((priority, "queued")), found.get((priority, "running"))
    return Line(
        waiting[2] if waiting else 0, running[2] if running else 0, waiting[3] if waiting else None
    )


def unknown(connection: Connection, rejudge: str | None = None) -> Sequence[AnyRow]:
    """What waits for versions that no worker can judge by: `problem`, `version`, `count`.

    With `rejudge`, only what waits of that.
    """
    at = clock(connection)
    known = {
        version
        for (problems,) in connection.execute(select(workers.c.problems).where(alive(at)))
        for version in problems
    }
    j = judgings.c
    waiting = select(j.problem, j.version, func.count().label("count")).where(j.state == "queued")
    if rejudge is not None:
        waiting = waiting.where(j.rejudge_id == rejudge)
    grouped = connection.execute(waiting.group_by(j.problem, j.version).order_by(j.problem))
    return [row for row in grouped if row.version not in known]


@dataclass(frozen=True, slots=True)
class Seen:
    """A worker as far as has been heard; `state` is working, lost, quarantined or ended."""

    id: str
    versions: Mapping[str, str]
    isolation: str
    live_only: bool
    started_at: datetime
    seen_at: datetime
    judged: int
    errors: int
    state: str
    reason: str | None


def fleet(connection: Connection) -> Sequence[Seen]:
    """The workers that were heard of in the last day; in the last week, if they were taken out."""
    w = workers.c
    out = and_(w.quarantined_at.is_not(None), w.seen_at > now() - WEEK)
    recent = or_(out, w.seen_at > now() - DAY)
    chosen = select(workers).where(recent).order_by(w.seen_at.desc(), w.id)
    at = clock(connection)
    return [_seen(row, at) for row in connection.execute(chosen.limit(_MOST_WORKERS))]


def _seen(row: AnyRow, at: datetime) -> Seen:
    if row.quarantined_at is not None:
        state = "quarantined"
    elif row.ended_at is not None:
        state = "ended"
    else:
        state = "working" if abs(row.seen_at - at) <= ALIVE else "lost"
    told = (row.id, row.versions, row.isolation, row.live_only, row.started_at, row.seen_at)
    return Seen(*told, row.judged, row.errors, state, row.reason)


def verdicts(connection: Connection, within: timedelta) -> Mapping[str, int]:
    """How often each verdict was found in the last time, the most frequent first."""
    recent = and_(judgings.c.finished_at > now() - within, judgings.c.verdict.is_not(None))
    counted = select(judgings.c.verdict, func.count()).where(recent)
    grouped = counted.group_by(judgings.c.verdict)
    ordered = grouped.order_by(func.count().desc(), judgings.c.verdict)
    return {str(verdict): int(count) for verdict, count in connection.execute(ordered)}


def quarantined(connection: Connection) -> Sequence[AnyRow]:
    """The versions of problems that are taken out: `id`, `problem`, `reason`, ..."""
    out = select(versions).where(versions.c.quarantined_at.is_not(None), versions.c.current)
    return connection.execute(out.order_by(versions.c.problem)).all()


def sizes(connection: Connection) -> Mapping[str, int]:
    """How many rows the large tables have, and how many bytes the database."""
    tables = {"users": users, "submissions": submissions, "judgings": judgings}
    found = {
        name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for name, table in tables.items()
    }
    asked = (
        "SELECT pg_database_size(current_database())"
        if connection.dialect.name == "postgresql"
        else "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    )
    return {**found, "bytes": connection.execute(text(asked)).scalar_one()}

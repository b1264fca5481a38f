"""Whose turn it is: what a worker may claim, and in which order."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Connection, and_, func, select

from harness.store.submissions import LIVE, REJUDGE
from harness.store.tables import judgings, versions
from harness.store.types import AnySelect

_CANDIDATES = 8


def waiting(connection: Connection, known: Collection[str], live_only: bool = False) -> bool:
    """Whether there may be something to claim: a cheap question, before the dear one."""
    return any(
        connection.execute(select(judgings.c.id).where(*_open(known, priority)).limit(1)).first()
        for priority in priorities(live_only)
    )


def priorities(live_only: bool) -> tuple[int, ...]:
    """What a worker takes, the first first."""
    return (LIVE,) if live_only else (LIVE, REJUDGE)


def _open(known: Collection[str], priority: int) -> list[ColumnElement[bool]]:
    barred = select(versions.c.id).where(versions.c.quarantined_at.is_not(None))
    queued = [judgings.c.state == "queued", judgings.c.priority == priority]
    return [*queued, judgings.c.version.in_(known), judgings.c.version.not_in(barred)]


def heads(connection: Connection, known: Collection[str], priority: int) -> Sequence[str]:
    """A few that may be next, in order; none when nothing waits."""
    chosen = _first_of_each(known) if priority == LIVE else _in_order(known)
    return connection.execute(chosen.limit(_CANDIDATES)).scalars().all()


def _in_order(known: Collection[str]) -> AnySelect:
    queued = judgings.c.queued_at, judgings.c.id
    return select(judgings.c.id).where(*_open(known, REJUDGE)).order_by(*queued)


def _first_of_each(known: Collection[str]) -> AnySelect:
    """The oldest live one of each user, of whom those come first that have the fewest running."""
    first = (
        select(judgings.c.user_id, func.min(judgings.c.queued_at).label("at"))
        .where(*_open(known, LIVE))
        .group_by(judgings.c.user_id)
        .subquery()
    )
    busy = (
        select(judgings.c.user_id, func.count().label("count"))
        .where(judgings.c.state == "running")
        .group_by(judgings.c.user_id)
        .subquery()
    )
    best = (
        select(first)
        .outerjoin(busy, busy.c.user_id == first.c.user_id)
        .order_by(func.coalesce(busy.c.count, 0), first.c.at)
        .limit(_CANDIDATES)
        .add_columns(func.coalesce(busy.c.count, 0).label("busy"))
        .subquery()
    )
    its = and_(judgings.c.user_id == best.c.user_id, judgings.c.queued_at == best.c.at)
    return (
        select(judgings.c.id)
        .join(best, its)
        .where(*_open(known, LIVE))
        .order_by(best.c.busy, best.c.at, judgings.c.id)
    )

"""Which judgings are next."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, func, select

from harness.store.submissions import LIVE, REJUDGE
from harness.store.tables import judgings, versions
from harness.store.types import AnySelect

_CANDIDATES = 8


def rejudges(known: Collection[str]) -> AnySelect:
    """The ids of the rejudgings that are next, in the order they came."""
    waiting = select(judgings.c.id).where(*_open(known, REJUDGE))
    return waiting.order_by(judgings.c.queued_at, judgings.c.id).limit(_CANDIDATES)


def live(known: Collection[str]) -> AnySelect:
    """The ids of the live judgings that are next, fair to all users.

    They are the first of each user, of whom those come first that have the fewest running. What
    others have judged again of theirs is not held against them. This takes one pass over an index,
    however many wait.
    """
    first = (
        select(judgings.c.user_id, func.min(judgings.c.queued_at).label("at"))
        .where(*_open(known, LIVE))
        .group_by(judgings.c.user_id)
        .subquery()
    )
    running = (
        select(judgings.c.user_id, func.count().label("count"))
        .where(judgings.c.state == "running", judgings.c.priority == LIVE)
        .group_by(judgings.c.user_id)
        .subquery()
    )
    busy = func.coalesce(running.c.count, 0)
    best = (
        select(first, busy.label("busy"))
        .outerjoin(running, running.c.user_id == first.c.user_id)
        .order_by(busy, first.c.at)
        .limit(_CANDIDATES)
        .subquery()
    )
    theirs = and_(judgings.c.user_id == best.c.user_id, judgings.c.queued_at == best.c.at)
    return (
        select(judgings.c.id)
        .join(best, theirs)
        .where(*_open(known, LIVE))
        .order_by(best.c.busy, best.c.at, judgings.c.id)
        .limit(_CANDIDATES)
    )


def waiting(known: Collection[str], priority: int) -> AnySelect:
    """The id of something that may be claimed: a cheap question, before the dear one."""
    return select(judgings.c.id).where(*_open(known, priority)).limit(1)


def _open(known: Collection[str], priority: int) -> list[ColumnElement[bool]]:
    barred = select(versions.c.id).where(versions.c.quarantined_at.is_not(None))
    queued = [judgings.c.state == "queued", judgings.c.priority == priority]
    return [*queued, judgings.c.version.in_(known), judgings.c.version.not_in(barred)]

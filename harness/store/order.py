"""Which judgings are next."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select

from harness.store.submissions import LIVE, REJUDGE
from harness.store.tables import judgings, versions
from harness.store.types import AnySelect

_CANDIDATES = 8


def rejudges(known: Collection[str]) -> AnySelect:
    """The ids of the rejudgings that are next, in the order they came."""
    waiting = select(judgings.c.id).where(*_open(known), judgings.c.priority == REJUDGE)
    return waiting.order_by(judgings.c.queued_at).limit(_CANDIDATES)


def live(known: Collection[str]) -> AnySelect:
    """The ids of the live judgings that are next, fair to all users."""
    running = (
        select(judgings.c.user_id, func.count().label("count"))
        .where(judgings.c.state == "running")
        .group_by(judgings.c.user_id)
        .subquery()
    )
    place = func.row_number().over(
        partition_by=judgings.c.user_id, order_by=(judgings.c.queued_at, judgings.c.id)
    )
    return (
        select(judgings.c.id)
        .outerjoin(running, running.c.user_id == judgings.c.user_id)
        .where(*_open(known), judgings.c.priority == LIVE)
        .order_by(
            place + func.coalesce(running.c.count, 0),
            judgings.c.queued_at,
            judgings.c.id,
        )
        .limit(_CANDIDATES)
    )


def waiting(known: Collection[str], live_only: bool) -> AnySelect:
    """The id of something that may be claimed: a cheap question, before the dear one."""
    found = select(judgings.c.id).where(*_open(known)).limit(1)
    return found.where(judgings.c.priority == LIVE) if live_only else found


def _open(known: Collection[str]) -> list[ColumnElement[bool]]:
    barred = select(versions.c.id).where(versions.c.quarantined_at.is_not(None))
    found = [judgings.c.state == "queued", judgings.c.version.in_(known)]
    return [*found, judgings.c.version.not_in(barred)]

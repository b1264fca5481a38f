"""What can never matter again, and is deleted some time later.

Submissions with all that belongs to them, drafts, accounts, classes and the audit log are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Column, ColumnElement, Connection, and_, delete, or_, select

from harness.store.credentials import IDLE
from harness.store.database import now
from harness.store.people import buckets, links, sessions, tokens
from harness.store.tables import deliveries, workers

KEPT = timedelta(days=30)  # so that one sees for a while what there was
FULL = timedelta(days=1)  # by then, every bucket is full again
MOST = 500


def forget(connection: Connection, most: int = MOST) -> int:
    """Delete so many rows of a kind at most, and say how many: there may be more.

    What another transaction uses just now is left for the next time.
    """
    return sum(_delete(connection, *each, most) for each in _past(now()))


def _past(at: datetime) -> Sequence[tuple[Column[str], ColumnElement[bool]]]:
    """By key, the rows that are of no use any more."""
    then = at - KEPT
    s, t, k, d = sessions.c, tokens.c, links.c, deliveries.c
    return (
        (s.id, or_(s.revoked_at < then, s.expires_at < then, s.seen_at < then - IDLE)),
        (t.id, or_(t.revoked_at < then, t.expires_at < then)),
        (k.hash, or_(k.used_at < then, k.expires_at < then)),
        (d.id, and_(d.next_at.is_(None), d.created_at < then)),
        (buckets.c.key, buckets.c.filled_at < at - FULL),
        (workers.c.id, workers.c.seen_at < then),
    )


def _delete(connection: Connection, key: Column[str], past: ColumnElement[bool], most: int) -> int:
    # Held first, so that two servers that delete at once do not wait for each other.
    chosen = select(key).where(past).order_by(key).limit(most).with_for_update(skip_locked=True)
    ids = connection.execute(chosen).scalars().all()
    if ids:
        connection.execute(delete(key.table).where(key.in_(ids)))
    return len(ids)

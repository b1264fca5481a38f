"""How often something may be done: a bucket of tokens a key, which fills up again with time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, delete, select, update

from harness.store.database import now
from harness.store.people import buckets
from harness.store.types import insert_new


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and as many again over a time."""

    most: int
    over: timedelta


def take(connection: Connection, key: str, rate: Rate) -> float | None:
    """Take one; None if there was one, else how many seconds until there is.

    A clock that was set back fills nothing.
    """
    at = now()
    chosen = select(buckets).where(buckets.c.key == key).with_for_update()
    row = connection.execute(chosen).one_or_none()
    speed = rate.most / rate.over.total_seconds()
    if row is None:
        full = {"key": key, "left": rate.most - 1.0, "filled_at": at}
        # Where somebody else was quicker, there is a bucket now.
        return None if insert_new(connection, buckets, **full) else take(connection, key, rate)
    waited = max(0.0, (at - row.filled_at).total_seconds())
    left = min(float(rate.most), row.left + waited * speed)
    granted = left >= 1
    values = {"left": left - granted, "filled_at": at}
    connection.execute(update(buckets).where(buckets.c.key == key).values(**values))
    return None if granted else (1 - left) / speed


def forget(connection: Connection, older: timedelta) -> None:
    """Drop the buckets that nobody has used for a time: they are full again."""
    connection.execute(delete(buckets).where(buckets.c.filled_at < now() - older))

"""How often something may be done: a bucket of tokens a key, which fills up again with time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from harness.store.database import now
from harness.store.people import buckets
from harness.store.types import AnyRow


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
    speed = rate.most / rate.over.total_seconds()
    row = _bucket(connection, key)
    if row is None:
        try:
            with connection.begin_nested():
                full = {"key": key, "left": float(rate.most), "filled_at": at}
                connection.execute(insert(buckets).values(**full))
        except IntegrityError:  # another one took the first a moment ago
            pass
        row = _bucket(connection, key)
        assert row is not None
    waited = max(0.0, (at - row.filled_at).total_seconds())
    left = min(float(rate.most), row.left + waited * speed)
    granted = left >= 1
    values = {"left": left - granted, "filled_at": at}
    connection.execute(update(buckets).where(buckets.c.key == key).values(**values))
    return None if granted else (1 - left) / speed


def give_back(connection: Connection, key: str, rate: Rate) -> None:
    """Undo one `take`: it turned out not to count."""
    row = _bucket(connection, key)
    if row is not None:
        left = min(float(rate.most), row.left + 1)
        connection.execute(update(buckets).where(buckets.c.key == key).values(left=left))


def forget(connection: Connection, older: timedelta) -> None:
    """Drop the buckets that nobody has used for a time: they are full again."""
    connection.execute(delete(buckets).where(buckets.c.filled_at < now() - older))


def _bucket(connection: Connection, key: str) -> AnyRow | None:
    chosen = select(buckets).where(buckets.c.key == key).with_for_update()
    return connection.execute(chosen).one_or_none()

"""How often something may be done: a bucket of tokens a key, which fills up again with time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, case, update

from harness.store.database import now
from harness.store.people import buckets
from harness.store.types import AnyRow
from harness.store.upsert import inserting


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and as many again over a time."""

    most: int
    over: timedelta


def take(connection: Connection, key: str, rate: Rate) -> float | None:
    """Take one; None if there was one, else how many seconds until there is.

    A clock that was set back fills nothing.
    """
    row = _held(connection, key, rate)
    at = now()
    speed = rate.most / rate.over.total_seconds()
    waited = max(0.0, (at - row.filled_at).total_seconds())
    left = min(float(rate.most), row.left + waited * speed)
    granted = left >= 1
    values = {"left": left - granted, "filled_at": at}
    connection.execute(update(buckets).where(buckets.c.key == key).values(**values))
    return None if granted else (1 - left) / speed


def give_back(connection: Connection, key: str, rate: Rate) -> None:
    """Undo one `take`: it turned out not to count."""
    more = buckets.c.left + 1
    left = case((more > rate.most, float(rate.most)), else_=more)
    connection.execute(update(buckets).where(buckets.c.key == key).values(left=left))


def _held(connection: Connection, key: str, rate: Rate) -> AnyRow:
    """A bucket, full where there was none, that others wait for until the transaction ends."""
    full = {"key": key, "left": float(rate.most), "filled_at": now()}
    held = (
        inserting(connection, buckets)
        .values(full)
        .on_conflict_do_update(index_elements=["key"], set_={"key": key})
        .returning(buckets.c.left, buckets.c.filled_at)
    )
    return connection.execute(held).one()

"""A database whose disk is full for a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event, text

from harness.store.database import Database

BIG = 200_000  # bytes that have no place in what a file of SQLite has already
_TABLES = ("submissions", "judgings", "buckets", "sessions", "tokens", "deliveries")
_REFUSE = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'disk_full',
    MESSAGE = 'could not extend file "base/1/2": No space left on device';
END $$
"""


@contextmanager
def full_disk(database: Database) -> Iterator[None]:
    """Meanwhile nothing that takes room can be written: on SQLite, what has more than `BIG`."""
    if database.kind == "sqlite":
        event.listen(database.engine, "connect", _limit)
        try:
            yield
        finally:
            event.remove(database.engine, "connect", _limit)
        return
    with database.write() as connection:
        connection.execute(text(_REFUSE))
        for table in _TABLES:
            made = f"CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON {table}"
            connection.execute(text(f"{made} EXECUTE FUNCTION refuse()"))
    yield
    with database.write() as connection:
        connection.execute(text("DROP FUNCTION refuse CASCADE"))


def _limit(connection: object, _: object) -> None:
    connection.execute("PRAGMA max_page_count=1").close()  # type: ignore[attr-defined]

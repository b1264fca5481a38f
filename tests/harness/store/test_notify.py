from __future__ import annotations

import sys
from pathlib import Path

import pytest
from procrastinate.schema import SchemaManager
from sqlalchemy import inspect, text

from harness.errors import UsageError
from harness.store import migrate, notify
from harness.store.database import Database, open_database
from tests.postgresql import Cluster


def jobs(database: Database) -> int:
    with database.read() as connection:
        if "procrastinate_jobs" not in inspect(connection).get_table_names():
            return 0
        return int(connection.execute(text("SELECT count(*) FROM procrastinate_jobs")).scalar_one())


def test_workers_are_woken_when_the_transaction_is_committed(database: Database) -> None:
    with database.write() as connection:
        notify.wake(connection, 0)
        notify.wake(connection, 2)
        notify.wake(connection, 1_000_000)
        assert jobs(database) == 0
    assert jobs(database) == (66 if database.kind == "postgresql" else 0)


def test_it_says_what_to_install(postgresql: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    notify._client.cache_clear()
    monkeypatch.setitem(sys.modules, "procrastinate", None)
    with (
        open_database(postgresql.database()) as database,
        database.write() as connection,
        pytest.raises(UsageError, match=r"pip install 'jaxjudge\[postgresql\]'"),
    ):
        notify.wake(connection)


def test_the_tables_are_those_that_procrastinate_makes() -> None:
    kept = (Path(migrate.__file__).parent / "migrations" / "procrastinate.sql").read_text()
    assert kept.endswith(SchemaManager.get_schema())


def test_nothing_of_it_is_left_when_it_is_taken_back(database: Database) -> None:
    with database.write() as connection:
        notify.wake(connection)
    migrate.unmigrate(database, "0001")
    if database.kind == "postgresql":
        left = """SELECT
            (SELECT count(*) FROM pg_class WHERE relname LIKE 'procrastinate%')
            + (SELECT count(*) FROM pg_proc WHERE proname LIKE 'procrastinate%')
            + (SELECT count(*) FROM pg_type WHERE typname LIKE '%procrastinate%')"""
        with database.read() as connection:
            assert connection.execute(text(left)).scalar_one() == 0
    migrate.migrate(database)
    assert migrate.is_current(database)

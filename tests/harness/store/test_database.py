from __future__ import annotations

import stat
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError

from harness.store.database import Database, open_database


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_that_is_made_is_its_owner_s(tmp_path: Path) -> None:
    path = tmp_path / "jaxjudge.db"
    with open_database(f"sqlite:///{path}") as database, database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE t (id INTEGER)")
        assert [mode(each) for each in tmp_path.iterdir()] == [0o600] * len([*tmp_path.iterdir()])
    assert mode(path) == 0o600


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "jaxjudge.db"
    path.touch()
    path.chmod(0o640)
    open_database(f"sqlite:///{path}").close()
    assert mode(path) == 0o640


def test_a_fault_tells_nothing_of_what_was_to_be_kept(database: Database) -> None:
    secret = "a source"
    with (
        database.engine.connect() as connection,
        pytest.raises((ProgrammingError, OperationalError)) as told,
    ):
        connection.execute(text("INSERT INTO nothing VALUES (:secret)"), {"secret": secret})
    assert secret not in str(told.value)

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.engine import make_url

from harness.problem.library import Library
from harness.store.database import Database, open_database
from harness.store.migrate import migrate
from tests.postgresql import Cluster

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

    from tests.harness.online import Online


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    """Undo what the command does to its process's signals."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'jaxjudge.db'}"
        return
    cluster: Cluster = request.getfixturevalue("postgresql")
    url = cluster.database()
    yield url
    cluster.drop(url)


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database on SQLite that has its tables, and nothing in them."""
    path = tmp_path_factory.mktemp("empty") / "jaxjudge.db"
    database = open_database(f"sqlite:///{path}")
    migrate(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture(scope="session")
def empty_database(postgresql: Cluster) -> str:
    """The name of a database on PostgreSQL that has its tables, and nothing in them."""
    url = postgresql.database()
    database = open_database(url)
    migrate(database)
    database.close()
    return str(make_url(url).database)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database with its tables, of each kind in turn: a copy, since to make them takes longer."""
    if request.param == "sqlite":
        from tests.harness.online import copied  # which few of these tests need

        with copied(request.getfixturevalue("empty_file"), tmp_path) as database:
            yield database
        return
    cluster: Cluster = request.getfixturevalue("postgresql")
    url = cluster.database(request.getfixturevalue("empty_database"))
    with open_database(url) as database:
        yield database
    cluster.drop(url)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chrome]:
    """A Chromium without a window, one a worker."""
    from tests.harness.chromium import started

    with started() as found:
        yield found


@pytest.fixture
def browser(chromium: Chrome) -> Chrome:
    """The Chromium, which has forgotten what other tests had it log."""
    from tests.harness.chromium import log

    log(chromium, "browser")
    return chromium


@pytest.fixture
def served(database: Database, built_in: Library) -> Online:
    """A site with two problems and no workers, on each kind of database in turn."""
    from tests.harness.online import online  # which few of these tests need

    return online(database, built_in.load("scan_training_step"), built_in.load("scan_cumsum"))

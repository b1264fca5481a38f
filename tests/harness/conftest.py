from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from harness.problem.library import Library
from harness.store.database import Database, open_database
from harness.store.migrate import migrate

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

    from tests.harness.online import Online


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    """Undo what the command does to its process's signals."""
    handler = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, handler)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'jaxjudge.db'}"
    return str(request.getfixturevalue("postgresql").database())


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database with its tables, of each kind in turn."""
    database = open_database(database_url)
    migrate(database)
    yield database
    database.close()


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

from __future__ import annotations

from collections.abc import Iterator

import pytest

from harness.problem.library import Library
from harness.store.database import Database
from tests.harness.online import Online, online
from tests.harness.web.site import Site, serving


@pytest.fixture
def served(database: Database, built_in: Library) -> Online:
    """A site with two problems and no workers, on each kind of database in turn."""
    return online(database, built_in.load("scan_training_step"), built_in.load("scan_cumsum"))


@pytest.fixture
def site() -> Iterator[Site]:
    """A server of one test, whose pages share no storage with those of another."""
    with serving() as found:
        yield found

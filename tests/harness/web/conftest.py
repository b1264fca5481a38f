from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from harness.problem.library import Library
from harness.web.security import passwords
from tests.harness.online import Online, copied, online
from tests.harness.school import School
from tests.harness.web.site import Site, serving


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What the pages and the API do is the same on PostgreSQL as the store is: it takes long."""
    for item in items:
        if "web" in item.path.parts and "postgresql" in item.name:
            item.add_marker(pytest.mark.long)


@pytest.fixture(autouse=True)
def _cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(1, 8, 1))


@pytest.fixture
def local(empty_file: Path, tmp_path: Path, built_in: Library) -> Iterator[Online]:
    """A site as `served`, on SQLite only."""
    database = copied(empty_file, tmp_path)
    yield online(database, built_in.load("scan_training_step"), built_in.load("scan_cumsum"))
    database.close()


@pytest.fixture
def site() -> Iterator[Site]:
    """A server of one test, whose pages share no storage with those of another."""
    with serving() as found:
        yield found


@pytest.fixture
def school(local: Online) -> School:
    """What is handed in at `local`, and judged there as one likes."""
    versions = {id: problem.version for id, problem in local.site.problems.items()}
    return School(local.database, tuple(versions), versions)

from __future__ import annotations

import pytest

from harness.store.database import Database
from tests.harness.school import School


@pytest.fixture
def school(database: Database) -> School:
    """A school without anybody, on each kind of database in turn."""
    return School(database)

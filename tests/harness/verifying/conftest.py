"""A small problem with its samples, sound or with a fault in one of its files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.problem.library import Library
from tests.harness.small import RIGHT, SAMPLES, STARTER, TOML, write_package

Write = Callable[..., Library]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def package(
        toml: str = TOML, reference: str = RIGHT, starter: str = STARTER, **samples: str
    ) -> Library:
        return write_package(tmp_path, toml, reference, starter, {**SAMPLES, **samples})

    return package

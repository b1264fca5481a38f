"""The short form of what `make chaos` does for long."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos.ordeal import Plan, undergo

SHORT = Plan(submissions=60, seed=7, clients=8, workers=2, pause=0.4, harms=6, lease=1.0)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_nothing_is_lost_while_things_fail(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if kind == "sqlite":
        told = undergo(SHORT, f"sqlite:///{tmp_path / 'chaos.db'}", tmp_path)
    else:
        cluster = request.getfixturevalue("postgresql")
        told = undergo(SHORT, cluster.database(), tmp_path, cluster)
    print(told)
    assert told.wrong == ()
    assert sum(told.harms.values()) >= SHORT.harms

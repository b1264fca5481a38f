"""The short form of what `make chaos` does for long."""

from __future__ import annotations

import os
from pathlib import Path

from tests.chaos.ordeal import Plan, Told, undergo
from tests.postgresql import Cluster, absent, programs

SHORT = Plan(submissions=40, seed=7, clients=8, workers=2, pause=0.3, harms=6, lease=1.0)


def test_nothing_is_lost_while_things_fail_on_sqlite(tmp_path: Path) -> None:
    hold(undergo(SHORT, f"sqlite:///{tmp_path / 'chaos.db'}", tmp_path))


def test_nothing_is_lost_while_things_fail_on_postgresql(tmp_path: Path) -> None:
    found = programs()
    if found is None:
        absent(os.environ)
    # One that is lost with the machine has less to do after it was killed.
    with Cluster(found, fsync=False) as cluster:
        hold(undergo(SHORT, cluster.database(), tmp_path, cluster))


def hold(told: Told) -> None:
    assert told.wrong == ()
    assert sum(told.harms.values()) >= SHORT.harms

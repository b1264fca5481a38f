"""Shared by all tests: one cache of batches for the session, and one warm judge a worker."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graders.verdict import Verdict
from harness.engine import Engine
from harness.problem.library import Library, standard_library
from harness.problem.model import Problem
from tests.ci.offline import Offline
from tests.postgresql import Cluster, absent, programs

pytest_plugins = ["pytester"]  # for the tests of the plugin; pytest reads this here only

PROBLEM = "scan_training_step"


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder in which every judge of this session, in whatever worker, keeps its batches."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "cache"
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JAXJUDGE_CACHE", str(folder))
        patch.setenv("JAX_PLATFORMS", "cpu")
        yield folder


@pytest.fixture(scope="session")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Offline:
    """What scripts under test install, from this machine."""
    return Offline.make(tmp_path_factory.mktemp("offline"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """A PostgreSQL of this worker's own, so that a test may kill it, and starts it again."""
    found = programs()
    if found is None:
        absent(os.environ)
    # What a killed server has written is kept by the system; only if that fails is it lost.
    with Cluster(found, fsync=False) as cluster:
        yield cluster


@pytest.fixture(scope="session")
def built_in() -> Library:
    return standard_library({})


@pytest.fixture(scope="session")
def training_step(built_in: Library) -> Problem:
    return built_in.load(PROBLEM)


@pytest.fixture(scope="session")
def engine(cache_folder: Path, built_in: Library, training_step: Problem) -> Iterator[Engine]:
    """A running judge; its problem's batches and mistakes are computed by one worker only."""
    samples = built_in.samples(PROBLEM)
    wrong = next(path for verdict, path in samples if verdict is Verdict.WRONG_ANSWER)
    with Engine() as judge:
        judge.judge(wrong.read_bytes(), wrong.name, training_step, samples)
        yield judge

"""Sessions of pytest inside a test, which judge with the engine that is running already."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import harness.testing.running as module
from harness.engine import Engine
from harness.errors import MachineError
from harness.problem.model import Problem
from harness.report.document import Report
from harness.testing import collecting, solutions

Run = Callable[..., pytest.RunResult]
KEPT = (collecting, solutions)  # what a session imports is forgotten after it, unless it was there


class Lent:
    """Stands for `Engine`: lends one that runs, and takes down what is asked of it.

    A `weak` one has less isolation than is required; a `failing` one judges nothing.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.events: list[str] = []
        self.weak = False
        self.failing = False

    def __call__(self, require: str, warm: bool) -> Lent:
        self.events.append(f"require {require}")
        return self

    def __enter__(self) -> Lent:
        self.events.append("start")
        return self

    def __exit__(self, *error: object) -> None:
        self.events.append("end")

    def isolation(self) -> None:
        if self.weak:
            raise MachineError("isolation 'strict' is required, this machine offers only 'none'")

    def judge(
        self, source: bytes, name: str, problem: Problem, samples: list[tuple[str, Path]]
    ) -> Report:
        if self.failing:
            raise MachineError(f"cannot run {name}: no memory left")
        return self.engine.judge(source, name, problem, samples)  # type: ignore[arg-type]


@pytest.fixture
def lent(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lent]:
    lent = Lent(engine)
    monkeypatch.setattr(module, "Engine", lent)
    yield lent
    assert lent.events.count("end") == lent.events.count("start") < 3


@pytest.fixture
def run(pytester: pytest.Pytester, lent: Lent, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs pytest in a folder of the test's own, in this process, with warnings as errors."""
    for variable in ("CI", "BUILD_NUMBER"):  # with them pytest writes its summary at full length
        monkeypatch.delenv(variable, raising=False)
    return lambda *arguments: pytester.runpytest_inprocess("-Werror", "-pno:xdist", *arguments)

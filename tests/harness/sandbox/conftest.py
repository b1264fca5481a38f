"""Real children of one warm parent, asked about sources written in the tests."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pytest

from graders.jaxpr.model import ArrayType
from graders.subject import DeviceRun, Failure, FailureKind, Trace
from harness.sandbox.limits import ChildLimits
from harness.sandbox.parent import WarmParent
from harness.sandbox.subject import Job, SandboxedSubject

_SHAPES = (
    ((("N", 3),), (ArrayType("float32", (3,)),)),
    ((("N", 2),), (ArrayType("float32", (2,)),)),
)
_RUNS = ((7, 0, (np.arange(3, dtype=np.float32),)), (9, 1, (np.ones(2, np.float32),)))
JOB = Job("f", ("x",), _SHAPES, _RUNS)
LIMITS = ChildLimits(wall_seconds=15, cpu_seconds=15)


@dataclass(frozen=True)
class Answer:
    """What a submission answered, and what became of its process."""

    traces: Sequence[Trace] | Failure
    runs: Sequence[DeviceRun] | Failure
    output: tuple[str, str, bool]
    device: str

    @property
    def failure(self) -> Failure:
        """Why there are no results."""
        assert isinstance(self.runs, Failure), self.runs
        return self.runs

    @property
    def kind(self) -> FailureKind:
        """The kind of failure there was."""
        return self.failure.kind


class Ask(Protocol):
    def __call__(
        self, source: str, limits: ChildLimits = LIMITS, parent: WarmParent | None = None
    ) -> Answer: ...


def put(parent: WarmParent, source: str, limits: ChildLimits = LIMITS, job: Job = JOB) -> Answer:
    """Run one submission to its end and close it."""
    subject = SandboxedSubject(parent, limits)
    try:
        subject.submit(textwrap.dedent(source).encode(), "my.py", job)
        traces, runs = subject.traces(), subject.device_runs()
    finally:
        subject.close()
    return Answer(traces, runs, subject.output(), subject.device())


@pytest.fixture(scope="session")
def warm_parent() -> Iterator[WarmParent]:
    parent = WarmParent.start()
    yield parent
    parent.close()


@pytest.fixture
def own_parent() -> Iterator[WarmParent]:
    """A warm parent that a test may harm."""
    parent = WarmParent.start()
    yield parent
    parent.close()


@pytest.fixture
def ask(warm_parent: WarmParent) -> Ask:
    def asking(
        source: str, limits: ChildLimits = LIMITS, parent: WarmParent | None = None
    ) -> Answer:
        return put(parent or warm_parent, source, limits)

    return asking

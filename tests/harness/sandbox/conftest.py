"""Real children of one warm parent, asked about sources written in the tests."""

from __future__ import annotations

import subprocess
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pytest

from graders.jaxpr.model import ArrayType
from graders.rubric import Signature
from graders.subject import DeviceRun, Failure, FailureKind, Trace
from harness.sandbox.child import confine
from harness.sandbox.limits import ChildLimits
from harness.sandbox.parent import WarmParent
from harness.sandbox.subject import Job, SandboxedSubject

_SHAPES = (
    ((("N", 3),), (ArrayType("float32", (3,)),)),
    ((("N", 2),), (ArrayType("float32", (2,)),)),
)
_RUNS = ((7, 0, (np.arange(3, dtype=np.float32),)), (9, 1, (np.ones(2, np.float32),)))
JOB = Job("f", Signature.flat(("x",)), _SHAPES, _RUNS)
LIMITS = ChildLimits(wall_seconds=15, cpu_seconds=15)
_REFUSED = confine._refusal_of_groups()
needs_groups = pytest.mark.skipif(bool(_REFUSED), reason=f"no groups here: {_REFUSED}")


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


def until(condition: Callable[[], bool], seconds: float = 10) -> bool:
    """Whether a condition comes true in time."""
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def children(pid: int) -> set[int]:
    """Ids of a process's living children."""
    found: set[int] = set()
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found |= {int(child) for child in tasks.read_text().split()}
        except OSError:
            continue
    return found


def offspring(pid: int) -> set[int]:
    """Ids of a process's living descendants."""
    found = children(pid)
    return found.union(*(offspring(child) for child in found))


def alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def patched_main(patch: str) -> Callable[..., Any]:
    """A `subprocess.Popen` that runs some code in a warm parent before the parent's own."""
    real = subprocess.Popen
    code = f"{patch}\nfrom harness.sandbox.child.__main__ import main\nmain()\n"

    def start(command: list[str], **options: Any) -> Any:
        python, isolated, _, module, *arguments = command
        assert module == "harness.sandbox.child"
        return real([python, isolated, "-c", code, *arguments], **options)

    return start


@contextmanager
def started(most: str = "strict") -> Iterator[WarmParent]:
    """A warm parent that has made its box and waits for launches."""
    parent = WarmParent.start(most)
    try:
        assert parent.isolation.result(60).level == most
        yield parent
    finally:
        parent.close()


@pytest.fixture(scope="session")
def warm_parent() -> Iterator[WarmParent]:
    with started() as parent:
        yield parent


@pytest.fixture
def own_parent() -> Iterator[WarmParent]:
    """A warm parent that a test may harm."""
    with started() as parent:
        yield parent


@pytest.fixture(scope="session")
def open_parent() -> Iterator[WarmParent]:
    """A warm parent without a box, whose children may do whatever this user may."""
    with started("none") as parent:
        yield parent


@pytest.fixture
def ask(warm_parent: WarmParent) -> Ask:
    def asking(
        source: str, limits: ChildLimits = LIMITS, parent: WarmParent | None = None
    ) -> Answer:
        return put(parent or warm_parent, source, limits)

    return asking

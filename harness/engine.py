"""The one door: a submission and a problem in, a report out."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from types import TracebackType
from typing import TYPE_CHECKING, Self

from graders.steps import Watcher, unwatched
from harness import debug
from harness.cache import Cache, default_folder
from harness.errors import MachineError
from harness.files import unfit
from harness.sandbox.parent import ParentDied
from harness.sandbox.pool import ParentPool

if TYPE_CHECKING:
    from pathlib import Path

    from graders.bank import Bank
    from graders.subject import Failure, Trace
    from graders.verdict import Judgement, Verdict
    from graders.view import View
    from harness.problem.model import Problem
    from harness.report.document import Report
    from harness.sandbox.parent import Isolation, WarmParent
    from harness.sandbox.subject import SandboxedSubject

LEVELS = ("none", "basic", "strict")
_ATTEMPTS = 3
_NOTES = "HYPOTHESIS_STORAGE_DIRECTORY"


@dataclass(slots=True)
class Engine:
    """Judges submissions, each in a child of its own. Use it as a context manager.

    Entering starts a process that imports JAX in the background, so do it early. `require` is the
    weakest isolation to judge under, one of `LEVELS`; `most` the strongest to go for. A `warm`
    judge takes longer to start and less time for each submission. Threads may share one.
    """

    require: str = "none"
    most: str = "strict"
    warm: bool = False
    _pool: ParentPool = field(init=False)
    _banks: dict[str, Bank] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> Self:
        """Start; raises `MachineError` when the machine cannot."""
        # Hypothesis keeps notes on disk, if not told where then in the user's current folder.
        os.environ.setdefault(_NOTES, str(default_folder() / "hypothesis"))
        self._pool = ParentPool(self.most, self.warm)
        try:
            self._pool.prepare()
        except OSError as error:
            raise _cannot_start(error) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End every process that was started."""
        self._pool.close()

    def judge(
        self,
        source: bytes,
        name: str,
        problem: Problem,
        samples: Sequence[tuple[Verdict, Path]] = (),
        shown: bool = False,
        watcher: Watcher = unwatched,
    ) -> Report:
        """The report on one submission, given as the bytes of its file and the name to show.

        Bytes that no file of Python has are judged too: they are an invalid submission.
        `samples` are the problem's labelled submissions, by which mistakes are recognised. With
        `shown`, the report has the program too; `watcher` is told of each step. Raises
        `ProblemError` when the problem cannot be judged by, `MachineError` when the machine fails.
        """
        from harness.report.document import Isolation, Output, Report

        started = time.perf_counter()
        self.isolation()
        bank = self.bank(problem)
        ready = time.perf_counter()
        isolation, subject, judgement = self._grade(source, name, problem, bank, samples, watcher)
        done = time.perf_counter()
        return Report(
            problem=problem.id,
            problem_version=problem.version,
            name=name,
            sha256=hashlib.sha256(source).hexdigest(),
            judgement=judgement,
            isolation=Isolation(isolation.level, tuple(isolation.mechanisms)),
            output=Output(*subject.output()) if subject else Output(),
            timings={"prepare": ready - started, "judge": done - ready, "total": done - started},
            versions={"jaxjudge": version("jaxjudge"), **(subject.versions if subject else {})},
            program=_program(problem, subject) if shown and subject else None,
        )

    def trace(self, source: bytes, name: str, problem: Problem) -> Sequence[Trace] | Failure:
        """The programs a submission is, one a shape, or why there are none; nothing is graded.

        Raises `MachineError` when the machine fails.
        """
        from graders.inputs import shapes
        from harness.bank import job
        from harness.sandbox.limits import ChildLimits
        from harness.sandbox.subject import SandboxedSubject

        _require_packages(problem)
        self.isolation()
        asked = job(problem.rubric, shapes(problem.rubric), None)
        try:
            with self._pool.lease() as parent:
                subject = SandboxedSubject(parent, ChildLimits.of(problem.rubric.limits))
                try:
                    subject.submit(source, name, asked)
                    return subject.traces()
                finally:
                    subject.close()
        except (OSError, ParentDied) as error:
            raise MachineError(f"cannot run {name}: {error}") from error

    def bank(self, problem: Problem) -> Bank:
        """The batches a problem is graded on, with the reference's results; made when first asked.

        Raises `ProblemError` when the reference cannot be judged by, `MachineError` when the
        machine fails.
        """
        from harness.bank import open_bank

        _require_packages(problem)
        with self._lock:
            if problem.version not in self._banks:
                try:
                    with self._pool.lease() as parent:
                        self._ready(parent)
                        cache = Cache(default_folder())
                        self._banks[problem.version] = open_bank(problem, parent, cache)
                except ParentDied as error:
                    raise _cannot_start(error) from error
            return self._banks[problem.version]

    def isolation(self) -> Isolation:
        """What submissions are put under; raises `MachineError` when it is less than required."""
        try:
            with self._pool.lease() as parent:
                return self._ready(parent)
        except (OSError, ParentDied) as error:
            raise _cannot_start(error) from error

    def _ready(self, parent: WarmParent) -> Isolation:
        """Wait until a parent takes children, so that none of their time is spent on its start.

        Raises `ParentDied`, and `MachineError` when its isolation is less than required.
        """
        isolation = parent.isolation.result()
        if LEVELS.index(isolation.level) < LEVELS.index(self.require):
            why = "; ".join(f"{name}: {text}" for name, text in isolation.missing.items())
            raise MachineError(
                f"isolation {self.require!r} is required, this machine offers only "
                f"{isolation.level!r} ({why or 'no more was asked for'})"
            )
        return isolation

    def _grade(
        self,
        source: bytes,
        name: str,
        problem: Problem,
        bank: Bank,
        samples: Sequence[tuple[Verdict, Path]],
        watcher: Watcher,
    ) -> tuple[Isolation, SandboxedSubject | None, Judgement]:
        """Grade in a child; in a new one when the warm parent died under it, a few times.

        A submission under which it dies every time has to answer for that.
        """
        if why := unfit(source):
            return self.isolation(), None, _refused(problem, why)
        for _ in range(_ATTEMPTS):
            try:
                with self._pool.lease() as parent:
                    isolation = self._ready(parent)
                    graded = _grade_once(source, name, problem, bank, samples, watcher, parent)
                    if not parent.gone:
                        return isolation, *graded
            except ParentDied as error:
                raise _cannot_start(error) from error
            except OSError as error:
                raise MachineError(f"cannot run {name}: {error}") from error
        return self.isolation(), graded[0], _fatal(problem)


def _grade_once(
    source: bytes,
    name: str,
    problem: Problem,
    bank: Bank,
    samples: Sequence[tuple[Verdict, Path]],
    watcher: Watcher,
    parent: WarmParent,
) -> tuple[SandboxedSubject, Judgement]:
    from graders.grade import Grader
    from harness.bank import job
    from harness.mistakes import open_imitations, open_mistakes
    from harness.repairs import repaired
    from harness.sandbox.limits import ChildLimits
    from harness.sandbox.oracle import XlaOracle
    from harness.sandbox.subject import SandboxedSubject

    limits = ChildLimits.of(problem.rubric.limits)
    oracle = XlaOracle(parent, limits)
    cache = Cache(default_folder())
    grader = Grader(
        problem.rubric,
        bank,
        lambda: open_mistakes(problem, samples, bank, parent, cache),
        lambda: open_imitations(problem, bank, parent, cache),
        lambda: repaired(problem, source, name, bank, parent),
        oracle,
        debug.show,
        watcher,
    )
    subject = SandboxedSubject(parent, limits)
    try:
        subject.submit(source, name, job(problem.rubric, bank.shapes, bank))
        return subject, grader.grade(subject, source.decode("utf-8", "replace").splitlines())
    finally:
        subject.close()
        oracle.close()


def _program(problem: Problem, subject: SandboxedSubject) -> View | None:
    from graders.jaxpr.normalize import TooLong
    from graders.subject import Failure
    from graders.view import view

    traces = subject.traces()
    try:
        return None if isinstance(traces, Failure) else view(problem.rubric, traces)
    except TooLong:
        return None


def _refused(problem: Problem, why: str) -> Judgement:
    from graders.grade import failed
    from graders.subject import Failure, FailureKind

    return failed(problem.rubric, Failure(FailureKind.SOURCE, f"the submission {why}"))


def _fatal(problem: Problem) -> Judgement:
    from graders.grade import failed
    from graders.subject import Failure, FailureKind

    message = "the process that runs submissions was killed each time this one ran"
    return failed(problem.rubric, Failure(FailureKind.CRASHED, message))


def _require_packages(problem: Problem) -> None:
    for name in problem.rubric.requires:
        if find_spec(name) is None:
            raise MachineError(
                f"{problem.id} needs the package {name}, which is not installed: install it with "
                f"pip install 'jaxjudge[{name}]'"
            )


def _cannot_start(error: Exception) -> MachineError:
    return MachineError(f"cannot start the process that runs submissions: {error}")

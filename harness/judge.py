"""The one door: a submission and a problem in, a report out."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from types import TracebackType
from typing import TYPE_CHECKING, Self

from harness.errors import MachineError
from harness.sandbox.parent import WarmParent

if TYPE_CHECKING:
    from pathlib import Path

    from graders.bank import Bank
    from graders.verdict import Verdict
    from harness.problem.model import Problem
    from harness.report.document import Report


@dataclass(slots=True)
class Judge:
    """Judges submissions, each in a child of its own. Use it as a context manager.

    Starting one starts a process that imports JAX in the background, so do it early.
    """

    _parent: WarmParent = field(init=False)
    _banks: dict[str, Bank] = field(default_factory=dict)

    def __enter__(self) -> Self:
        """Start; raises `MachineError` when the machine cannot."""
        try:
            self._parent = WarmParent.start()
        except OSError as error:
            raise MachineError(
                f"cannot start the process that runs submissions: {error}"
            ) from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End every process that was started."""
        self._parent.close()

    def judge(
        self,
        source: bytes,
        name: str,
        problem: Problem,
        samples: Sequence[tuple[Verdict, Path]] = (),
    ) -> Report:
        """The report on one submission, given as the bytes of its file and the name to show.

        `samples` are the problem's labelled submissions, by which mistakes are recognised. Raises
        `ProblemError` when the problem cannot be judged by, `MachineError` when the machine fails.
        """
        from graders.grade import Grader
        from harness.bank import job, open_bank, open_mistakes
        from harness.cache import Cache, default_folder
        from harness.report.document import Isolation, Output, Report
        from harness.sandbox.limits import ChildLimits
        from harness.sandbox.subject import SandboxedSubject

        started = time.perf_counter()
        cache = Cache(default_folder())
        bank = self._banks.get(problem.version)
        if bank is None:
            bank = self._banks[problem.version] = open_bank(problem, self._parent, cache)
        ready = time.perf_counter()
        limits = problem.rubric.limits
        try:
            subject = SandboxedSubject(
                self._parent,
                ChildLimits(
                    limits.wall_seconds,
                    limits.cpu_seconds,
                    limits.memory_bytes,
                    limits.output_bytes,
                ),
            )
        except OSError as error:
            raise MachineError(f"cannot start a process for {name}: {error}") from error
        grader = Grader(
            problem.rubric,
            bank,
            lambda: open_mistakes(problem, samples, bank, self._parent, cache),
        )
        try:
            subject.submit(source, name, job(problem.rubric, bank.shapes, bank))
            judgement = grader.grade(subject, source.decode("utf-8", "replace").splitlines())
        finally:
            subject.close()
        done = time.perf_counter()
        return Report(
            problem=problem.id,
            problem_version=problem.version,
            name=name,
            sha256=hashlib.sha256(source).hexdigest(),
            judgement=judgement,
            isolation=Isolation("basic", _MECHANISMS),
            output=Output(*subject.output()),
            timings={"prepare": ready - started, "judge": done - ready, "total": done - started},
            versions={"jaxjudge": version("jaxjudge"), **subject.versions},
        )


_MECHANISMS = ("rlimits", "own session", "clean environment", "no_new_privs")


def judge(
    source: bytes, name: str, problem: Problem, samples: Sequence[tuple[Verdict, Path]] = ()
) -> Report:
    """Judge one submission; see `Judge.judge`."""
    with Judge() as judging:
        return judging.judge(source, name, problem, samples)

"""The one door: a submission and a problem in, a report out."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from types import TracebackType
from typing import TYPE_CHECKING, Self

from harness.cache import Cache, default_folder
from harness.errors import MachineError
from harness.sandbox.parent import WarmParent

if TYPE_CHECKING:
    from pathlib import Path

    from graders.bank import Bank
    from graders.verdict import Judgement, Verdict
    from harness.problem.model import Problem
    from harness.report.document import Report
    from harness.sandbox.subject import SandboxedSubject


@dataclass(slots=True)
class Judge:
    """Judges submissions, each in a child of its own. Use it as a context manager.

    Starting one starts a process that imports JAX in the background, so do it early.
    """

    _parent: WarmParent = field(init=False)
    _banks: dict[str, Bank] = field(default_factory=dict)

    def __enter__(self) -> Self:
        """Start; raises `MachineError` when the machine cannot."""
        # Hypothesis keeps notes on disk, if not told where then in the user's current folder.
        os.environ.setdefault(_NOTES, str(default_folder() / "hypothesis"))
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
        from harness.report.document import Isolation, Output, Report

        started = time.perf_counter()
        bank = self._bank(problem)
        ready = time.perf_counter()
        subject, judgement = self._grade(source, name, problem, bank, samples)
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

    def _bank(self, problem: Problem) -> Bank:
        from harness.bank import open_bank

        if problem.version not in self._banks:
            cache = Cache(default_folder())
            self._banks[problem.version] = open_bank(problem, self._parent, cache)
        return self._banks[problem.version]

    def _grade(
        self,
        source: bytes,
        name: str,
        problem: Problem,
        bank: Bank,
        samples: Sequence[tuple[Verdict, Path]],
    ) -> tuple[SandboxedSubject, Judgement]:
        from graders.grade import Grader
        from harness.bank import job
        from harness.mistakes import open_mistakes
        from harness.sandbox.limits import ChildLimits
        from harness.sandbox.oracle import XlaOracle
        from harness.sandbox.subject import SandboxedSubject

        limits = ChildLimits.of(problem.rubric.limits)
        oracle = XlaOracle(self._parent, limits)
        cache = Cache(default_folder())
        grader = Grader(
            problem.rubric,
            bank,
            lambda: open_mistakes(problem, samples, bank, self._parent, cache),
            oracle,
        )
        try:
            subject = SandboxedSubject(self._parent, limits)
        except OSError as error:
            raise MachineError(f"cannot start a process for {name}: {error}") from error
        try:
            subject.submit(source, name, job(problem.rubric, bank.shapes, bank))
            lines = source.decode("utf-8", "replace").splitlines()
            return subject, grader.grade(subject, lines)
        except OSError as error:
            raise MachineError(f"cannot run {name}: {error}") from error
        finally:
            subject.close()
            oracle.close()


_NOTES = "HYPOTHESIS_STORAGE_DIRECTORY"
_MECHANISMS = ("rlimits", "own session", "clean environment", "no_new_privs")


def judge(
    source: bytes, name: str, problem: Problem, samples: Sequence[tuple[Verdict, Path]] = ()
) -> Report:
    """Judge one submission; see `Judge.judge`."""
    with Judge() as judging:
        return judging.judge(source, name, problem, samples)

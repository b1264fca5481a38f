"""Verifies one package: that it loads, grades as its samples say, and tells mistakes apart."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from graders.domain import weaknesses
from graders.verdict import Verdict
from harness.errors import MachineError, ProblemError, UsageError
from harness.files import read_source
from harness.mistakes import described
from harness.verification import Outcome, Point, Verification
from harness.verifying.mutation import mutation_points

if TYPE_CHECKING:
    from harness.engine import Engine
    from harness.problem.library import Library
    from harness.problem.model import Problem
    from harness.report.document import Report

_WANTED = (Verdict.ACCEPTED, Verdict.WRONG_ANSWER, Verdict.WRONG_STRUCTURE)
Sample = tuple[Verdict, Path]
Advance = Callable[[str], None]


@dataclass(slots=True)
class Verifier:
    """Verifies the packages of a library with a running judge; `jobs` samples at a time."""

    library: Library
    engine: Engine
    jobs: int = 1
    advance: Advance = field(default=lambda what: None)

    def verify(self, id: str) -> Verification:
        """Everything there is to say about a package; raises `UsageError` for an unknown id.

        Raises `MachineError` when the machine fails.
        """
        try:
            problem, samples = self.library.load(id), self.library.samples(id)
        except ProblemError as error:
            return Verification(id, "", [_refused("package", "loads", error)])
        points = [Point("package", "loads", Outcome.PASSED, "well formed")]
        points += self._graded(problem, samples)
        return Verification(id, problem.version, points)

    def _graded(self, problem: Problem, samples: Sequence[Sample]) -> Iterator[Point]:
        started = time.perf_counter()
        try:
            bank = self.engine.bank(problem)
        except ProblemError as error:
            yield _refused("package", "reference", error)
            return
        taken = time.perf_counter() - started
        text = f"evaluated on {len(bank.batches)} batches of {len(bank.shapes)} shapes"
        yield Point("package", "reference", Outcome.PASSED, text, (), taken)
        reference, starter = problem.reference.read_bytes(), problem.starter.encode()
        yield self._own_file(problem, reference, "reference is accepted", accepted=True)
        yield self._own_file(problem, starter, "starter is not an answer", accepted=False)
        yield from self._samples(problem, samples)
        found = weaknesses(problem.rubric, bank)
        for weakness in found:
            yield Point("domain", weakness.code, Outcome.FAILED, weakness.message)
        if not found:
            text = "finite, and sensitive to every argument; nothing returned unchanged passes"
            yield Point("domain", "batches", Outcome.PASSED, text)
        self.advance("mutants")
        yield from mutation_points(problem.rubric, bank)

    def _own_file(self, problem: Problem, source: bytes, name: str, *, accepted: bool) -> Point:
        report, taken = self._report(problem, source, f"{problem.id}.py", ())
        verdict = report.judgement.verdict
        right = (verdict is Verdict.ACCEPTED) == accepted
        outcome = Outcome.PASSED if right else Outcome.FAILED
        return Point("package", name, outcome, f"{verdict}", _said(report, right), taken)

    def _samples(self, problem: Problem, samples: Sequence[Sample]) -> Iterator[Point]:
        labels = {verdict for verdict, _ in samples}
        for verdict in _WANTED:
            if verdict not in labels:
                message = f"there is no labelled sample of {verdict}"
                yield Point("samples", str(verdict), Outcome.WARNING, message)
        with ThreadPoolExecutor(self.jobs) as pool:
            yield from pool.map(lambda sample: self._sample(problem, sample, samples), samples)

    def _sample(self, problem: Problem, sample: Sample, samples: Sequence[Sample]) -> Point:
        label, path = sample
        name = f"{label}/{path.name}"
        try:
            source = read_source(str(path))
        except UsageError as error:
            return Point("samples", name, Outcome.FAILED, str(error))
        report, taken = self._report(problem, source, path.name, samples)
        self.advance(name)
        verdict = report.judgement.verdict
        if verdict is not label:
            message = f"expected {label}, found {verdict}"
            return Point("samples", name, Outcome.FAILED, message, _said(report, False), taken)
        if label is Verdict.WRONG_ANSWER:
            return _recognised(name, report, source, taken)
        return Point("samples", name, Outcome.PASSED, str(verdict), (), taken)

    def _report(
        self, problem: Problem, source: bytes, name: str, samples: Sequence[Sample]
    ) -> tuple[Report, float]:
        started = time.perf_counter()
        report = self.engine.judge(source, name, problem, samples)
        return report, time.perf_counter() - started


def _recognised(name: str, report: Report, source: bytes, taken: float) -> Point:
    """A wrong answer must be told what its own first line says."""
    title, _ = described(source)
    causes = [f.cause for check in report.judgement.checks for f in check.findings if f.cause]
    if not title:
        message = "has no docstring to tell a learner who makes this mistake"
    elif title not in causes:
        message = "returns what another sample returns: no learner can be told which it is"
    else:
        return Point("samples", name, Outcome.PASSED, "wrong_answer, and named", (), taken)
    return Point("samples", name, Outcome.WARNING, message, (), taken)


def _said(report: Report, right: bool) -> tuple[str, ...]:
    """What a report says is wrong, for a verdict that was not expected."""
    if right:
        return ()
    return tuple(finding.message for check in report.judgement.checks for finding in check.findings)


def _refused(group: str, name: str, error: ProblemError) -> Point:
    first, *rest = str(error).splitlines()
    return Point(group, name, Outcome.FAILED, first.removesuffix(":"), tuple(rest))


def machine_failure(id: str, error: MachineError) -> Verification:
    """The verification that the machine did not let finish."""
    return Verification(id, "", [Point("package", "judge", Outcome.ERROR, str(error))])

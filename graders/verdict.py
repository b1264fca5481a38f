"""What the judge says: findings, checks, the report, and how checks fold into one verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """The outcome of a submission; anything but `accepted` is a failure."""

    ACCEPTED = "accepted"
    WRONG_ANSWER = "wrong_answer"
    WRONG_STRUCTURE = "wrong_structure"
    RUNTIME_ERROR = "runtime_error"
    TIME_LIMIT_EXCEEDED = "time_limit_exceeded"
    MEMORY_LIMIT_EXCEEDED = "memory_limit_exceeded"
    OUTPUT_LIMIT_EXCEEDED = "output_limit_exceeded"
    INVALID_SUBMISSION = "invalid_submission"
    JUDGE_ERROR = "judge_error"


class Status(StrEnum):
    """How one check ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the submission: 1-based line, the function, the text of the line."""

    line: int
    function: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing noticed: a stable code, what is so, what to do about it, and where.

    `cause` is the known mistake that explains it, where one was recognised.
    """

    code: str
    message: str
    hint: str = ""
    where: Where | None = None
    cause: str = ""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One graded aspect, worth `score` of `max_score` points.

    `verdict` is what the submission becomes if this check did not pass.
    """

    name: str
    status: Status
    score: float
    max_score: float
    message: str
    findings: tuple[Finding, ...] = ()
    verdict: Verdict = Verdict.ACCEPTED


@dataclass(frozen=True, slots=True)
class Moment:
    """The carry after one step (0 is the start), the reference's beside the learner's, by name.

    Values are nested lists of numbers. `gradients` has the gradients that the step implies, first
    the reference's, where the exercise has a learning rate. `same` says that the carries agree.
    """

    step: int
    expected: Mapping[str, Any]
    got: Mapping[str, Any]
    gradients: Mapping[str, tuple[Any, Any]]
    same: bool


@dataclass(frozen=True, slots=True)
class Counterexample:
    """The smallest batch found on which the submission differs from the reference.

    `arguments` maps argument names to nested lists of numbers; `expected` and `got` are written as
    text with their types; `trajectory` is the way of the carry up to the step at which the
    reference's and the learner's part, and empty where they cannot be compared.
    """

    dimensions: Mapping[str, int]
    arguments: Mapping[str, Any]
    expected: str
    got: str
    arithmetic: str
    trajectory: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the verdict rests on."""

    batches: int = 0
    shapes: tuple[Mapping[str, int], ...] = ()
    arithmetics: tuple[str, ...] = ()
    exact: bool | None = None
    xla_device: str | None = None
    xla_primitives: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the graders conclude about one submission."""

    verdict: Verdict
    checks: tuple[CheckResult, ...]
    counterexample: Counterexample | None = None
    evidence: Evidence = Evidence()

    @property
    def score(self) -> float:
        """Points earned. Only a judged program earns any."""
        return sum(check.score for check in self.checks)

    @property
    def max_score(self) -> float:
        """Points there were to earn."""
        return sum(check.max_score for check in self.checks)


_PRECEDENCE = (
    Verdict.JUDGE_ERROR,
    Verdict.INVALID_SUBMISSION,
    Verdict.TIME_LIMIT_EXCEEDED,
    Verdict.MEMORY_LIMIT_EXCEEDED,
    Verdict.OUTPUT_LIMIT_EXCEEDED,
    Verdict.RUNTIME_ERROR,
    Verdict.WRONG_ANSWER,
    Verdict.WRONG_STRUCTURE,
)


def fold(checks: Sequence[CheckResult]) -> Verdict:
    """The verdict of a list of checks: accepted only when every one of them passed."""
    if checks and all(check.status is Status.PASSED for check in checks):
        return Verdict.ACCEPTED
    found = {check.verdict for check in checks if check.status is not Status.PASSED}
    return next((verdict for verdict in _PRECEDENCE if verdict in found), Verdict.JUDGE_ERROR)

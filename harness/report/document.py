"""The report: one submission, what the graders concluded, and under which conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from graders.verdict import Judgement, Verdict
from harness.errors import MachineError

if TYPE_CHECKING:
    from graders.view import View


@dataclass(frozen=True, slots=True)
class Output:
    """What the submission printed, capped; `truncated` says that there was more."""

    stdout: str = ""
    stderr: str = ""
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Isolation:
    """The box a submission ran in: its level, and the mechanisms that were in force."""

    level: str
    mechanisms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """Everything there is to say about one submission.

    `timings` are in seconds. `program` is the submission's program as the judge saw it, where that
    was asked for and there is one.
    """

    problem: str
    problem_version: str
    name: str
    sha256: str
    judgement: Judgement
    isolation: Isolation
    output: Output
    timings: Mapping[str, float]
    versions: Mapping[str, str]
    program: View | None = None

    @property
    def accepted(self) -> bool:
        """Whether the submission is right, and built as asked."""
        return self.judgement.verdict is Verdict.ACCEPTED

    @property
    def reward(self) -> float:
        """The share of the points that was earned, in [0, 1].

        Raises `MachineError` for a `judge_error`, which says nothing about the submission.
        """
        judgement = self.judgement
        if judgement.verdict is Verdict.JUDGE_ERROR:
            why = "; ".join(check.message for check in judgement.checks[:1])
            raise MachineError(f"there is no reward for {self.name}: the judge failed: {why}")
        if judgement.max_score <= 0:
            return float(self.accepted)
        return min(1.0, max(0.0, judgement.score / judgement.max_score))

    def __float__(self) -> float:
        """The reward."""
        return self.reward

    def __repr__(self) -> str:
        """One short line, as a failed assertion or a prompt shows it."""
        judgement = self.judgement
        points = f"{judgement.score:g}/{judgement.max_score:g}"
        return f"<Report {judgement.verdict} {points} {self.problem} {self.name!r}>"


@dataclass(frozen=True, slots=True)
class Ungraded:
    """A submission without a report, and why there is none.

    `kind` says where the fault is: in the `file`, or with the `judge`, its machine or an author.
    """

    name: str
    kind: Literal["file", "judge"]
    message: str


Entry = Report | Ungraded

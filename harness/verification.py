"""What verifying a problem package found: a list of points, each passed or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How one point of a verification came out; a warning does not fail it."""

    PASSED = "passed"
    WARNING = "warning"
    FAILED = "failed"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was looked at: its group, its name in it, how it came out and why.

    `details` are lines to read on, such as a diff; `seconds` is how long it took.
    """

    group: str
    name: str
    outcome: Outcome
    message: str
    details: Sequence[str] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Verification:
    """All points of one problem; `version` is empty for a package that does not load."""

    problem: str
    version: str
    points: Sequence[Point]

    @property
    def outcome(self) -> Outcome:
        """The worst of all points."""
        found = {point.outcome for point in self.points}
        order = (Outcome.ERROR, Outcome.FAILED, Outcome.WARNING)
        return next((outcome for outcome in order if outcome in found), Outcome.PASSED)

    @property
    def good(self) -> bool:
        """Whether nothing failed."""
        return self.outcome in (Outcome.PASSED, Outcome.WARNING)

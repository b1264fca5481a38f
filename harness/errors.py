"""What can go wrong outside a submission, and whose fault it is.

JudgeError            anything below; the learner is never blamed for it
├── UsageError        the caller asked for something that is not there    exit code 2
├── ProblemError      the author's problem package has mistakes           exit code 3
└── MachineError      the machine cannot do what the judge needs          exit code 3

IsolationWarning      a warning of Python's: judged under less isolation than there could be
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar


class JudgeError(Exception):
    """Base of the judge's own errors; `exit_code` is what the command ends with."""

    exit_code: ClassVar[int] = 3


class UsageError(JudgeError):
    """The caller asked for something that is not there; the message is one line."""

    exit_code: ClassVar[int] = 2


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake in a problem package.

    `line` is 1-based, or None where no line can be named; `key` is the path of the key within the
    file, such as `arguments[2].dtype`, or empty; `suggestion` is the nearest valid name, or empty.
    """

    file: Path
    line: int | None
    key: str
    message: str
    suggestion: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        subject = f"{self.key}: " if self.key else ""
        question = f" (did you mean {self.suggestion}?)" if self.suggestion else ""
        return f"{place}: {subject}{self.message}{question}"


class ProblemError(JudgeError):
    """A problem package has mistakes; `diagnostics` holds all that were found."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        count = len(self.diagnostics)
        title = f"{count} mistake{'s' if count != 1 else ''} in the problem package"
        super().__init__("\n  ".join([f"{title}:", *map(str, self.diagnostics)]))


class MachineError(JudgeError):
    """The machine cannot do what the judge needs, such as confining a submission."""


class IsolationWarning(UserWarning):
    """Submissions are isolated less than they could be, and nobody has said that this will do."""

"""The report: one submission, what the graders concluded, and under which conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graders.verdict import Judgement


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


@dataclass(frozen=True, slots=True)
class Report:
    """Everything there is to say about one submission. `timings` are in seconds."""

    problem: str
    problem_version: str
    name: str
    sha256: str
    judgement: Judgement
    isolation: Isolation
    output: Output
    timings: Mapping[str, float]
    versions: Mapping[str, str]

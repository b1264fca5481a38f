"""How a submission came out, in the words and signs of the formats for people."""

from __future__ import annotations

from collections.abc import Sequence

from graders.verdict import Status
from harness.report.document import Entry, Report, Ungraded
from harness.report.formats import telling

NO_FAULT = "This is not the fault of the programs, and does not count as an attempt."
SHORT = 200
_SIGNS = {"good": "✓", "bad": "✗", "warn": "!"}


def state(entry: Entry) -> str:
    """How an outcome is marked: `good`, `bad`, or `warn` where the learner is not at fault."""
    if telling.judge_failed(entry):
        return "warn"
    return "good" if isinstance(entry, Report) and entry.accepted else "bad"


def sign(entry: Entry) -> str:
    """The sign that goes with an outcome."""
    return _SIGNS[state(entry)]


def name(entry: Entry) -> str:
    """The outcome of a submission in words, such as `wrong answer`."""
    if isinstance(entry, Ungraded):
        return "not graded"
    return str(entry.judgement.verdict).replace("_", " ")


def points(entry: Entry) -> str:
    """The points of a submission, such as `40/100`; empty where it was not graded."""
    if isinstance(entry, Ungraded):
        return ""
    return telling.points(entry.judgement.score, entry.judgement.max_score)


def wrong(entry: Entry) -> str:
    """The first thing that is wrong with a submission; empty if it was accepted."""
    if isinstance(entry, Ungraded):
        return entry.message
    checks = (check for check in entry.judgement.checks if check.status is not Status.PASSED)
    return next((check.message for check in checks), "")


def total(entries: Sequence[Entry]) -> str:
    """How several submissions came out."""
    good = sum(state(entry) == "good" for entry in entries)
    return f"{good} of {len(entries)} accepted" if entries else "Nothing graded"

"""Runs that every format is tried on; `strategies.py` draws others."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from graders.verdict import (
    CheckResult,
    Evidence,
    Finding,
    Judgement,
    Status,
    Verdict,
    Where,
)
from harness.report.document import Entry, Isolation, Output, Report, Ungraded
from harness.report.results import Results
from tests.harness.report.conftest import EXAMPLE

_RIGHT = CheckResult("correctness", Status.PASSED, 60, 60, "equal to the reference on 256 batches")
_BUILT = CheckResult("structure", Status.PASSED, 40, 40, "one lax.scan carries w over the batches")
_WRONG = CheckResult(
    "correctness",
    Status.FAILED,
    0,
    60,
    "wrong on 254 of 256 batches",
    (
        Finding(
            "value",
            "wrong on 254 of 256 batches",
            "Differentiate (w * x - y)**2 with respect to w: the factor x stays.",
            cause="The gradient lacks the factor x.",
        ),
    ),
)
_UNROLLED = CheckResult(
    "structure",
    Status.FAILED,
    0,
    40,
    "there is no lax.scan over the batches",
    (
        Finding(
            "no_scan",
            "there is no lax.scan over the batches",
            "Carry w through one lax.scan over x_batches and y_batches.",
            Where(12, "train", "    for x, y in zip(x_batches, y_batches):"),
        ),
        Finding("growth", "the program grows with N", where=Where(13, "train", "w = w - lr * g")),
    ),
)
GOOD = Report(
    problem="scan_training_step",
    problem_version="3f2a91",
    name="class/anna.py",
    sha256="ab" * 32,
    judgement=Judgement(
        Verdict.ACCEPTED,
        (_RIGHT, _BUILT),
        None,
        Evidence(256, ({"N": 1, "B": 1},), ("float64",), True, "cpu"),
    ),
    isolation=Isolation("strict", ("landlock", "seccomp")),
    output=Output(),
    timings={"prepare": 0.02, "judge": 0.4, "total": 0.42},
    versions={"jaxjudge": "0.1.0", "jax": "0.10.2"},
)


def _judged(name: str, judgement: Judgement, printed: str = "") -> Report:
    return replace(GOOD, name=name, judgement=judgement, output=Output(printed))


def _no_program(verdict: Verdict, finding: Finding) -> Judgement:
    checks = (
        CheckResult("program", Status.ERROR, 0, 0, finding.message, (finding,)),
        CheckResult("correctness", Status.SKIPPED, 0, 60, "there is no program to run"),
        CheckResult("structure", Status.SKIPPED, 0, 40, "there is no program to read"),
    )
    return Judgement(verdict, checks)


WRONG = _judged(
    "class/bo b.py",
    Judgement(Verdict.WRONG_ANSWER, (_WRONG, _UNROLLED), EXAMPLE),
    "tracing <w> & ]]> \n::error::not an error\n",
)
RAISED = _judged(
    "class/clé.py",
    _no_program(
        Verdict.RUNTIME_ERROR,
        Finding(
            "raised",
            "ZeroDivisionError: division by zero (while tracing with N=1, B=1)",
            where=Where(7, "step", "    return w / 0"),
        ),
    ),
)
FAULTLESS = _judged(
    "class/dora.py",
    _no_program(Verdict.JUDGE_ERROR, Finding("machine", "no memory is left on this machine")),
)


def _results(*entries: Entry, unfinished: str = "") -> Results:
    started = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    return Results(entries, started, 2.5, "0.1.0", unfinished)


@pytest.fixture
def accepted() -> Results:
    """One submission, accepted."""
    return _results(GOOD)


@pytest.fixture
def wrong() -> Results:
    """One submission that computes something else and is not built as asked."""
    return _results(WRONG)


@pytest.fixture
def mixed() -> Results:
    """A class: accepted, wrong, raised, the judge's fault, and two that were not judged."""
    return _results(
        GOOD,
        WRONG,
        RAISED,
        FAULTLESS,
        Ungraded("class/emil.py", "file", "class/emil.py is empty"),
        Ungraded("class/fay.py", "judge", "cannot start the process that runs submissions"),
    )


@pytest.fixture
def broken() -> Results:
    """One submission on which the judge failed."""
    return _results(FAULTLESS)


@pytest.fixture
def unfinished() -> Results:
    """An accepted submission, and then the run was interrupted."""
    return _results(GOOD, unfinished="interrupted after 1 of 3 files")


@pytest.fixture
def nothing() -> Results:
    """No submission was found."""
    return _results()

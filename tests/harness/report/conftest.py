from __future__ import annotations

import pytest

from graders.verdict import (
    CheckResult,
    Counterexample,
    Evidence,
    Finding,
    Judgement,
    Moment,
    Status,
    Verdict,
    Where,
)
from graders.view import Dead, Growth, Loop, Row, View
from harness.report.document import Isolation, Output, Report

_CHECKS = (
    CheckResult(
        "correctness",
        Status.FAILED,
        0,
        60,
        "The final weight differs from the reference on 254 of 256 batches.",
        (
            Finding(
                "missing_factor_x",
                "The results are those of a gradient that is missing the factor x.",
                "Differentiate (w * x - y)**2 with respect to w.",
                Where(12, "body", "    w = w - lr * jnp.sum(2 * (w * xb - yb))"),
                "The gradient lacks the factor x.",
            ),
        ),
        Verdict.WRONG_ANSWER,
    ),
    CheckResult("structure", Status.PASSED, 40, 40, "One lax.scan carries w over both arrays."),
)
EXAMPLE = Counterexample(
    {"N": 2, "B": 3},
    {"w": 0.0, "lr": 1.0, "x_batches": [[0.0, 1.0, -12.5], [0.1, 2.0, float("nan")]]},
    "float64[] 2.0",
    "float64[] 0.0",
    "float64",
    (
        Moment(0, {"w": 0.0}, {"w": 0.0}, {}, True),
        Moment(1, {"w": 2.0}, {"w": 0.0}, {"w": (-2.0, 0.0)}, False),
    ),
)
_EVIDENCE = Evidence(256, ({"N": 1, "B": 1}, {"N": 2, "B": 3}), ("float64",), True, "cpu")


_PROGRAM = View(
    (("N", 2), ("B", 3)),
    "f32[]",
    (Row("a = scan[length=2] w x_batches y_batches", 14, True), Row("return a", None, False)),
    (Loop("scan", 14, 2, ("w",), ("x_batches", "y_batches"), ("lr",), ()),),
    (Dead("sin", 13),),
    (Growth("N", (2, 5), (9, 9), ()),),
)


@pytest.fixture
def wrong_answer() -> Report:
    return Report(
        problem="scan_training_step",
        problem_version="3f2a91",
        name="my.py",
        sha256="ab" * 32,
        judgement=Judgement(Verdict.WRONG_ANSWER, _CHECKS, EXAMPLE, _EVIDENCE),
        isolation=Isolation("confined", ("rlimits", "landlock")),
        output=Output("hello\n", "", False),
        timings={"total": 0.42, "trace": 0.31},
        versions={"jax": "0.10.2"},
        program=_PROGRAM,
    )

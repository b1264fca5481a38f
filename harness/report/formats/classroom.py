"""GitHub Classroom's result of a grading step: base64 of a JSON document."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import Any

from harness.report.formats.cases import Case, cases
from harness.report.formats.fitting import fitting
from harness.report.results import Results

MOST = 96_000  # the reporter gets it in an environment variable, of at most 128 KiB


def render(results: Results) -> str:
    """The line for a step's output `result`.

    Classroom shows the share of tests that passed, and adds up their scores: for both to agree,
    every test is worth the same. Where the judge failed, no points are posted: there are none to
    earn then.
    """
    found = cases(results)
    broken = any(case.judge_failed for case in found)
    most = 0 if broken else max(1, round(sum(case.check.max_score for case in found)))
    status = "error" if broken else "pass" if all(case.passed for case in found) else "fail"

    def write(shown: Sequence[Case], limit: int) -> str:
        document = {
            "version": 1,
            "status": status,
            "max_score": most,
            "tests": [_test(case, most / len(shown)) for case in shown],
        }
        return json.dumps(document, allow_nan=False)

    text = fitting(write, found, MOST)
    return base64.b64encode(text.encode("ascii")).decode("ascii") + "\n"


def _test(case: Case, worth: float) -> dict[str, Any]:
    return {
        "name": case.name,
        "status": case.outcome,
        "score": worth if case.passed else 0,
        "message": None if case.passed else case.text,
        "test_code": case.command,
        "filename": case.entry.name if case.entry else "",
        "line_no": case.line or 0,
        "duration": case.seconds,
    }

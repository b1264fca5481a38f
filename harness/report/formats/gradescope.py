"""Gradescope's `results.json`: the points of one submission, and what its learner reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graders.verdict import Status
from harness.report import jsondoc
from harness.report.document import Entry, Report
from harness.report.formats.cases import Case, of_entry, of_run
from harness.report.formats.telling import facts, headlines, printed
from harness.report.results import Results

FULL = 100


def render(results: Results) -> str:
    """The document. It is meant for one submission, and has the points as they are.

    Several share `FULL` points, each of them as many. A run that was cut short earns none.
    """
    tests = [test for entry in results.entries for test in _tests(entry, len(results.entries))]
    tests += [_test(case, 0) for case in of_run(results)]
    document = {
        "score": 0 if results.unfinished else round(sum(test["score"] for test in tests), 6),
        "execution_time": results.seconds,
        "output": "\n\n".join(_output(results)),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [{**test, "number": str(n)} for n, test in enumerate(tests, 1)],
        "extra_data": {
            "jaxjudge": results.version,
            "unfinished": results.unfinished,
            "submissions": [facts(entry) for entry in results.entries],
        },
    }
    return jsondoc.pretty(document)


def _tests(entry: Entry, of: int) -> list[dict[str, Any]]:
    """The tests of one submission of so many."""
    found = of_entry(entry, of > 1)
    most = sum(case.check.max_score for case in found)
    scale = 1 if of == 1 or not most else FULL / of / most
    return [_test(case, scale) for case in found]


def _test(case: Case, scale: float) -> dict[str, Any]:
    return {
        "name": case.name,
        "score": round(case.check.score * scale, 6),
        "max_score": round(case.check.max_score * scale, 6),
        "status": str(Status.PASSED if case.passed else Status.FAILED),
        "output": case.text,
        "output_format": "text",
        "tags": [case.entry.problem] if isinstance(case.entry, Report) else [],
        "visibility": "visible",
        "extra_data": {"status": str(case.check.status)},
    }


def _output(results: Results) -> Iterator[str]:
    """What is said above the tests: how it ended, and what was printed."""
    yield "\n".join(headlines(results))
    for entry in results.entries:
        if text := printed(entry):
            yield f"Printed by {entry.name}:\n{text}"

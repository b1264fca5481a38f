"""CTRF, the Common Test Report Format: one JSON document of all tests."""

from __future__ import annotations

from typing import Any

from graders.verdict import Status
from harness.report import jsondoc
from harness.report.document import Report
from harness.report.formats.cases import Case, cases
from harness.report.formats.telling import facts
from harness.report.results import Results

SPECIFICATION = "0.0.0"
_UNNAMED = "-"


def render(results: Results) -> str:
    """The document. The judge's faults are failed tests too, as CTRF knows no errors.

    `rawStatus` and the tag `judge_error` tell them from the learner's.
    """
    found = cases(results)
    document = {
        "reportFormat": "CTRF",
        "specVersion": SPECIFICATION,
        "timestamp": results.started.isoformat(),
        "generatedBy": f"jaxjudge {results.version}",
        "results": {
            "tool": {"name": "jaxjudge", "version": results.version},
            "summary": _summary(results, [_status(case) for case in found]),
            "tests": [_test(case) for case in found],
            "extra": {
                "unfinished": results.unfinished,
                "submissions": [facts(entry) for entry in results.entries],
            },
        },
    }
    return jsondoc.pretty(document)


def _summary(results: Results, statuses: list[str]) -> dict[str, int]:
    start = int(results.started.timestamp() * 1_000)
    duration = _milliseconds(results.seconds)
    counts = {name: statuses.count(name) for name in ("passed", "failed", "skipped")}
    none = {"pending": 0, "other": 0}
    times = {"start": start, "stop": start + duration, "duration": duration}
    return {"tests": len(statuses), **counts, **none, **times}


def _test(case: Case) -> dict[str, Any]:
    check, entry = case.check, case.entry
    test: dict[str, Any] = {
        "name": case.name or _UNNAMED,
        "status": _status(case),
        "rawStatus": str(check.status),
        "duration": _milliseconds(case.seconds),
        "message": check.message,
        "tags": ["judge_error"] if case.judge_failed else [],
        "extra": {"score": check.score, "max_score": check.max_score},
    }
    if not case.passed:
        test["trace"] = case.text
    if case.line is not None:
        test["line"] = case.line
    if entry is not None:
        test.update(filePath=entry.name, suite=[entry.name])
    if isinstance(entry, Report):
        test["stdout"] = entry.output.stdout.splitlines()
        test["stderr"] = entry.output.stderr.splitlines()
    return test


def _status(case: Case) -> str:
    return str(Status.FAILED if case.judge_failed else case.check.status)


def _milliseconds(seconds: float) -> int:
    return round(seconds * 1_000)

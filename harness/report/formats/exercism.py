"""Exercism's `results.json` of a test runner, version 3."""

from __future__ import annotations

from typing import Any

from graders.verdict import Status
from harness.report import jsondoc
from harness.report.document import Report
from harness.report.formats.cases import Case, cases, reasons
from harness.report.formats.telling import printed
from harness.report.results import Results

OUTPUT_LIMIT = 500
TRUNCATED = "Output was truncated. Please limit to 500 chars"


def render(results: Results) -> str:
    """The document. It is an error where the judge failed, and where no program could be tested.

    Of an error only the message at the top is shown, so all that is wrong is said there.
    """
    found = cases(results)
    failed = not all(case.passed for case in found)
    broken = any(case.judge_failed for case in found) or not _tested(results)
    document = {
        "version": 3,
        "status": "error" if broken else "fail" if failed else "pass",
        "message": "\n\n".join(reasons(found)) if broken else None,
        "tests": [_test(case) for case in found],
    }
    return jsondoc.pretty(document)


def _tested(results: Results) -> bool:
    """Whether any check came so far as to pass or fail."""
    reports = (entry for entry in results.entries if isinstance(entry, Report))
    checks = (check for report in reports for check in report.judgement.checks)
    return any(check.status in (Status.PASSED, Status.FAILED) for check in checks)


def _test(case: Case) -> dict[str, Any]:
    return {
        "name": case.name,
        "status": case.outcome,
        "message": None if case.passed else case.text,
        "output": _output(printed(case.entry)),
        "test_code": case.command,
    }


def _output(text: str) -> str:
    if len(text) <= OUTPUT_LIMIT:
        return text
    return f"{text[: OUTPUT_LIMIT - len(TRUNCATED) - 1]}\n{TRUNCATED}"

"""PrairieLearn's `results.json` for an external grader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from harness.report import jsondoc
from harness.report.document import Report
from harness.report.formats.cases import Case, cases, mean_share, reasons
from harness.report.formats.fitting import LIMITS, fitting
from harness.report.formats.telling import headlines, printed
from harness.report.results import Results
from harness.report.text import cap

MOST = 1_000_000


def render(results: Results) -> str:
    """The document, of at most `MOST` bytes. The score is a share; several files count the same.

    Where the judge failed, or nothing could be judged, it is not gradable: that costs no attempt.
    """
    found = cases(results)
    judged = any(isinstance(entry, Report) for entry in results.entries)
    gradable = judged and not any(case.judge_failed for case in found)

    texts = [cap(text, LIMITS[0]) for text in map(printed, results.entries) if text]

    def write(shown: Sequence[Case], limit: int) -> str:
        document = {
            "gradable": gradable,
            "score": mean_share(results.entries) if gradable else 0.0,
            "format_errors": [] if gradable else list(reasons(shown)),
            "message": cap("\n".join(headlines(results)), limit),
            "output": cap("\n\n".join(texts), limit),
            "tests": [_test(case) for case in shown],
        }
        return jsondoc.pretty(document)

    return fitting(write, found, MOST)


def _test(case: Case) -> dict[str, Any]:
    return {
        "name": case.name,
        "description": case.entry.problem if isinstance(case.entry, Report) else "",
        "points": case.check.score,
        "max_points": case.check.max_score,
        "message": case.text,
        "output": "",
    }

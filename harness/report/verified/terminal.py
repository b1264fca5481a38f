"""A verification as text for an author: what failed with all details, what passed in counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from harness.report.page import Page
from harness.report.text import cap, clean_line
from harness.verification import Outcome, Point, Verification

_MARKS = {
    Outcome.PASSED: "good",
    Outcome.WARNING: "warn",
    Outcome.FAILED: "bad",
    Outcome.ERROR: "bad",
}
_LINE = 300
_DETAILS = 40


def render(verification: Verification, page: Page) -> str:
    """All of one problem, ending in a newline."""
    lines = list(_lines(verification, page))
    return "\n".join(lines) + "\n"


def total(verifications: Sequence[Verification], page: Page) -> str:
    """One line on all problems, and of several each point that failed; ending in a newline."""
    bad = [found for found in verifications if not found.good]
    count = len(verifications)
    problems = f"{count} problem{'' if count == 1 else 's'}"
    text = f"{problems} verified"
    if bad:
        text += f", {len(bad)} not as expected: {', '.join(found.problem for found in bad)}"
    lines = [*page.whole(text, "bad" if bad else "good")]
    for found in bad if count > 1 else ():
        for point in found.points:
            if point.outcome in (Outcome.FAILED, Outcome.ERROR):
                text = f"{found.problem}  {point.group}  {point.name}: {point.message}"
                lines += page.whole(text, "bad", f"{page.symbols.failed} ", "    ")
    return "\n".join(lines) + "\n"


def _lines(verification: Verification, page: Page) -> Iterator[str]:
    sign = page.symbols.passed if verification.good else page.symbols.failed
    mark = _MARKS[verification.outcome] if verification.good else "bad"
    yield from page.whole(f"{sign} {clean_line(verification.problem)}", mark)
    for group, points in groupby(verification.points, key=lambda point: point.group):
        yield from _group(group, list(points), page)


def _group(group: str, points: Sequence[Point], page: Page) -> Iterator[str]:
    passed = [point for point in points if point.outcome is Outcome.PASSED]
    if len(passed) > 3:
        yield from page.text(f"{group}  {len(passed)} as expected", "  ", "    ")
    else:
        for point in passed:
            yield from page.text(f"{group}  {point.name}: {point.message}", "  ", "    ")
    for point in points:
        if point.outcome is not Outcome.PASSED:
            text = f"{group}  {point.name}: {point.message}"
            yield from page.whole(text, _MARKS[point.outcome], _sign(point, page), "    ")
            for line in point.details[:_DETAILS]:
                yield from page.whole(cap(clean_line(line), _LINE), "dim", "      ", "        ")


def _sign(point: Point, page: Page) -> str:
    return "! " if point.outcome is Outcome.WARNING else f"{page.symbols.failed} "

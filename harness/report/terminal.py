"""The report as text for a person: the verdict first, then why, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from graders.verdict import CheckResult, Finding, Status, Verdict
from harness.report import conditions, example, printed
from harness.report.document import Output, Report
from harness.report.formats.telling import FINDINGS, JUDGE_FAILED, place, points
from harness.report.page import ASCII, Page, Symbols, message_text
from harness.report.text import cap, clean_line

LINE_LIMIT = 300
_INDENT = "    "


def render(report: Report, *, colour: bool = False, width: int = 80, ascii: bool = False) -> str:
    """The report in lines of at most `width` columns (40 at least), ending in a newline.

    `colour` adds ANSI colours that carry no meaning of their own; `ascii` avoids other signs.
    """
    page = Page(max(40, width), colour, ASCII if ascii else Symbols())
    sections = [
        [*_heading(report, page), *_advice(report, page)],
        [line for check in _ordered(report) for line in _check(check, page)],
        [*example.lines(report.judgement.counterexample, page)],
        [*_printed("stdout", report.output.stdout, report.output, page)],
        [*_printed("stderr", report.output.stderr, report.output, page)],
        [*_conditions(report, page)],
    ]
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


def summary(report: Report) -> str:
    """One line: verdict, points, problem and file."""
    judgement = report.judgement
    name = cap(clean_line(report.name), LINE_LIMIT)
    earned = points(judgement.score, judgement.max_score)
    return f"{judgement.verdict}  {earned}  {clean_line(report.problem)}  {name}"


def _heading(report: Report, page: Page) -> Iterator[str]:
    good = report.judgement.verdict is Verdict.ACCEPTED
    sign = page.symbols.passed if good else page.symbols.failed
    yield from page.whole(summary(report), "good" if good else "bad", f"{sign} ", "  ")


def _advice(report: Report, page: Page) -> Iterator[str]:
    if report.judgement.verdict is Verdict.JUDGE_ERROR:
        yield from page.text(JUDGE_FAILED, "  ", "  ")


def _ordered(report: Report) -> list[CheckResult]:
    return sorted(report.judgement.checks, key=lambda check: check.status is Status.PASSED)


def _check(check: CheckResult, page: Page) -> Iterator[str]:
    sign, mark = {
        Status.PASSED: (page.symbols.passed, "good"),
        Status.FAILED: (page.symbols.failed, "bad"),
        Status.SKIPPED: ("-", "dim"),
        Status.ERROR: ("!", "warn"),
    }[check.status]
    word = "" if check.status in (Status.PASSED, Status.FAILED) else f" {check.status}"
    earned = f"  {points(check.score, check.max_score)}" if check.max_score else ""
    title = f"{clean_line(check.name)}{word}{earned}"
    message = message_text(check.message)
    yield from page.text(f"{title}  {message}", f"{sign} ", "  ", mark)
    for finding in check.findings[:FINDINGS]:
        yield from _finding(finding, message, page)
    if len(check.findings) > FINDINGS:
        left = len(check.findings) - FINDINGS
        yield from page.text(f"and {left} more, all in the JSON report", _INDENT, _INDENT)


def _finding(finding: Finding, said: str, page: Page) -> Iterator[str]:
    message = message_text(finding.message)
    if message != said:
        yield from page.text(message, "  * ", _INDENT)
    if finding.where is not None:
        yield from page.whole(place(finding.where), "dim", _INDENT, _INDENT + "  ")
    if finding.cause:
        yield from page.text(message_text(finding.cause), _INDENT, _INDENT, "warn")
    if finding.hint:
        arrow = f"{_INDENT}{page.symbols.arrow} "
        yield from page.text(message_text(finding.hint), arrow, " " * len(arrow), "warn")


def _printed(stream: str, text: str, output: Output, page: Page) -> Iterator[str]:
    lines = printed.lines(text)
    if not lines:
        return
    yield from page.whole(printed.title(stream, output), "head")
    bar = f"  {page.symbols.bar} "
    for line in printed.shortened(lines):
        yield from page.whole(cap(line, LINE_LIMIT), "dim", bar, bar)


def _conditions(report: Report, page: Page) -> Iterator[str]:
    for name, text in conditions.facts(report).items():
        yield from page.whole(clean_line(text), "dim", f"{name:8} ", " " * 9)
    for note in report.judgement.evidence.notes:
        yield from page.whole(message_text(note), "dim", f"{'note':8} ", " " * 9)

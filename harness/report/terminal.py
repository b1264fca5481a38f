"""The report as text for a person: the verdict first, then why, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from graders.verdict import CheckResult, Evidence, Finding, Status, Verdict
from graders.wording import listed
from harness.report import example
from harness.report.document import Isolation, Output, Report
from harness.report.formats.telling import FINDINGS, JUDGE_FAILED, place, points
from harness.report.page import ASCII, Page, Symbols, message_text
from harness.report.text import cap, clean, clean_line

LINE_LIMIT = 300
OUTPUT_HEAD, OUTPUT_TAIL = 10, 30
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
    if not text.strip():
        return
    lines = list(_counted(clean(text).rstrip("\n").split("\n")))
    cut = " (cut short)" if output.truncated else ""
    yield from page.whole(f"Printed by your program to {stream}{cut}", "head")
    left = len(lines) - OUTPUT_HEAD - OUTPUT_TAIL
    if left > 0:
        lines = [*lines[:OUTPUT_HEAD], f"... {left} lines left out", *lines[-OUTPUT_TAIL:]]
    bar = f"  {page.symbols.bar} "
    for line in lines:
        yield from page.whole(cap(line, LINE_LIMIT), "dim", bar, bar)


def _counted(lines: list[str]) -> Iterator[str]:
    """The lines, repeated ones once: a function that prints does so each time JAX traces it."""
    for line, same in groupby(lines):
        times = len(list(same))
        yield f"{line}  ({times} times)" if times > 1 and line else line


def _conditions(report: Report, page: Page) -> Iterator[str]:
    facts = {
        "checked": _rests_on(report.judgement.evidence),
        "box": _box(report.isolation),
        "time": _times(report.timings),
        "with": ", ".join(f"{name} {version}" for name, version in report.versions.items()),
    }
    for name, text in facts.items():
        if text:
            yield from page.whole(clean_line(text), "dim", f"{name:8} ", " " * 9)
    for note in report.judgement.evidence.notes:
        yield from page.whole(message_text(note), "dim", f"{'note':8} ", " " * 9)


def _box(box: Isolation) -> str:
    if box.level == "strict" or not box.mechanisms:
        return box.level
    return f"{box.level}: {', '.join(box.mechanisms)}"


def _rests_on(evidence: Evidence) -> str:
    parts = []
    if evidence.batches:
        parts.append(f"{_count(evidence.batches, 'batch', 'batches')}")
        if evidence.shapes:
            parts[0] += f" of {_count(len(evidence.shapes), 'shape', 'shapes')}"
        if evidence.arithmetics:
            parts[0] += f" in {listed(evidence.arithmetics)}"
    if evidence.exact:
        parts.append("equal without tolerance, as rational numbers")
    if evidence.xla_device:
        parts.append(f"compiled and run by XLA on {evidence.xla_device}")
    if evidence.xla_primitives:
        parts.append(f"by XLA alone: {', '.join(evidence.xla_primitives)}")
    return "; ".join(parts)


def _times(timings: Mapping[str, float]) -> str:
    parts = [f"{name} {seconds:.2f} s" for name, seconds in timings.items() if name != "total"]
    if "total" not in timings:
        return ", ".join(parts)
    return f"{timings['total']:.2f} s" + (f" ({', '.join(parts)})" if parts else "")


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"

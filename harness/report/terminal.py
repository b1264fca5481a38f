"""The report as text for a person: the verdict first, then why, then what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from graders.verdict import CheckResult, Counterexample, Evidence, Finding, Status, Verdict, Where
from graders.wording import listed
from harness.report import numbers
from harness.report.document import Isolation, Output, Report
from harness.report.layout import columns, fit, wrap
from harness.report.text import cap, clean, clean_line

MESSAGE_LIMIT = 2_000
LINE_LIMIT = 300
FINDINGS = 12
LABEL = 16
OUTPUT_HEAD, OUTPUT_TAIL = 10, 30
_INDENT = "    "


@dataclass(frozen=True, slots=True)
class Symbols:
    """The few signs outside ASCII that the report is written with."""

    passed: str = "✓"
    failed: str = "✗"
    arrow: str = "→"
    bar: str = "│"


ASCII = Symbols(passed="+", failed="x", arrow="->", bar="|")


@dataclass(frozen=True, slots=True)
class _Page:
    width: int
    colour: bool
    symbols: Symbols

    def text(self, text: str, first: str = "", rest: str = "", mark: str = "") -> Iterator[str]:
        """Wrapped lines; `mark` colours what the first line starts with."""
        head, *tail = wrap(clean(text), self.width, first, rest)
        start, end = _defuse(head[: len(first)]), _defuse(head[len(first) :])
        yield self.paint(start, mark) + end
        yield from map(_defuse, tail)

    def whole(self, text: str, mark: str, first: str = "", rest: str = "") -> Iterator[str]:
        """Wrapped lines in one colour."""
        for line in wrap(clean(text), self.width, first, rest):
            yield self.paint(_defuse(line), mark)

    def paint(self, text: str, mark: str) -> str:
        code = {"good": "32", "bad": "31", "warn": "33", "head": "1", "dim": "2"}.get(mark)
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and code and text else text


def render(report: Report, *, colour: bool = False, width: int = 80, ascii: bool = False) -> str:
    """The report in lines of at most `width` columns (40 at least), ending in a newline.

    `colour` adds ANSI colours that carry no meaning of their own; `ascii` avoids other signs.
    """
    page = _Page(max(40, width), colour, ASCII if ascii else Symbols())
    sections = [
        [*_heading(report, page), *_advice(report, page)],
        [line for check in _ordered(report) for line in _check(check, page)],
        [*_counterexample(report.judgement.counterexample, page)],
        [*_printed("stdout", report.output.stdout, report.output, page)],
        [*_printed("stderr", report.output.stderr, report.output, page)],
        [*_conditions(report, page)],
    ]
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


def summary(report: Report) -> str:
    """One line: verdict, points, problem and file."""
    judgement = report.judgement
    points = _points(judgement.score, judgement.max_score)
    name = cap(clean_line(report.name), LINE_LIMIT)
    return f"{judgement.verdict}  {points}  {clean_line(report.problem)}  {name}"


def _heading(report: Report, page: _Page) -> Iterator[str]:
    good = report.judgement.verdict is Verdict.ACCEPTED
    sign = page.symbols.passed if good else page.symbols.failed
    yield from page.whole(summary(report), "good" if good else "bad", f"{sign} ", "  ")


def _advice(report: Report, page: _Page) -> Iterator[str]:
    if report.judgement.verdict is Verdict.JUDGE_ERROR:
        text = "The judge failed, not your program. This does not count as an attempt."
        yield from page.text(text, "  ", "  ")


def _ordered(report: Report) -> list[CheckResult]:
    return sorted(report.judgement.checks, key=lambda check: check.status is Status.PASSED)


def _check(check: CheckResult, page: _Page) -> Iterator[str]:
    sign, mark = {
        Status.PASSED: (page.symbols.passed, "good"),
        Status.FAILED: (page.symbols.failed, "bad"),
        Status.SKIPPED: ("-", "dim"),
        Status.ERROR: ("!", "warn"),
    }[check.status]
    word = "" if check.status in (Status.PASSED, Status.FAILED) else f" {check.status}"
    points = f"  {_points(check.score, check.max_score)}" if check.max_score else ""
    title = f"{clean_line(check.name)}{word}{points}"
    message = _message(check.message)
    yield from page.text(f"{title}  {message}", f"{sign} ", "  ", mark)
    for finding in check.findings[:FINDINGS]:
        yield from _finding(finding, message, page)
    if len(check.findings) > FINDINGS:
        left = len(check.findings) - FINDINGS
        yield from page.text(f"and {left} more, all in the JSON report", _INDENT, _INDENT)


def _finding(finding: Finding, said: str, page: _Page) -> Iterator[str]:
    message = _message(finding.message)
    if message != said:
        yield from page.text(message, "  * ", _INDENT)
    if finding.where is not None:
        yield from page.whole(_place(finding.where), "dim", _INDENT, _INDENT + "  ")
    if finding.hint:
        arrow = f"{_INDENT}{page.symbols.arrow} "
        yield from page.text(_message(finding.hint), arrow, " " * len(arrow), "warn")


def _place(where: Where) -> str:
    function = f" in {clean_line(where.function)}" if where.function else ""
    source = cap(clean_line(where.source.strip()), LINE_LIMIT)
    return f"line {where.line}{function}" + (f":  {source}" if source else "")


def _counterexample(example: Counterexample | None, page: _Page) -> Iterator[str]:
    if example is None:
        return
    sizes = _sizes(example.dimensions)
    title = f"Smallest batch that shows it: {sizes}" if sizes else "Inputs that show it"
    within = f" (in {clean_line(example.arithmetic)})" if example.arithmetic else ""
    yield from page.whole(f"{title}{within}", "head")
    rows = {clean_line(name): numbers.lines(value) for name, value in example.arguments.items()}
    rows["expected"] = _message(example.expected).split("\n")
    rows["got"] = _message(example.got).split("\n")
    label = min(LABEL, max(map(columns, rows)))
    for name, texts in rows.items():
        mark = {"expected": "good", "got": "bad"}.get(name, "")
        for line, start in zip(texts, [name, *[""] * (len(texts) - 1)], strict=True):
            rest = " " * (label + 4)
            yield from page.text(line, f"  {fit(start, label)}  ", rest, mark)
    if example.step is not None:
        step = example.step
        yield from page.text(
            f"The carry first differs after step {step.index}: "
            f"expected {_message(step.expected)}, got {_message(step.got)}",
            "  ",
            "  ",
        )


def _printed(stream: str, text: str, output: Output, page: _Page) -> Iterator[str]:
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


def _conditions(report: Report, page: _Page) -> Iterator[str]:
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
        yield from page.whole(_message(note), "dim", f"{'note':8} ", " " * 9)


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


def _sizes(dimensions: Mapping[str, int]) -> str:
    return ", ".join(f"{clean_line(name)} = {size}" for name, size in dimensions.items())


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _points(score: float, max_score: float) -> str:
    return "/".join(f"{round(value, 2):g}" for value in (score, max_score))


def _message(text: str) -> str:
    return cap(clean(text).strip("\n"), MESSAGE_LIMIT)


def _defuse(line: str) -> str:
    # A CI runner takes a line that starts with `::` and `##[` anywhere for a command to itself.
    return re.sub(r"#+(?=#\[)", "", re.sub(r"^(\s*):+(?=:)", r"\1", line))

"""GitHub-flavoured Markdown, in which nothing that a submission says is markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graders.verdict import CheckResult, Counterexample, Finding, Moment, Status, Where
from harness.report import example, printed, way
from harness.report.document import Entry, Output, Ungraded
from harness.report.formats import outcome, telling
from harness.report.markup import code, fenced, row, words
from harness.report.page import Page, Symbols
from harness.report.results import Results
from harness.report.text import cap

_SIGNS = {Status.PASSED: "✓", Status.SKIPPED: "–"}


def render(results: Results) -> str:
    """The outcome, a table of the submissions, and what is wrong with each that is not accepted."""
    return "\n".join([heading(results), *table(results), "", *sections(results)])


def heading(results: Results) -> str:
    """The outcome, and what there is to know before anything else; ends in a newline."""
    lines = [f"## {_title(results.entries)}", ""]
    if results.unfinished:
        lines += [f"> **Not finished.** {words(telling.ended_early(results.unfinished))}", ""]
    if failed := sum(map(telling.judge_failed, results.entries)):
        count = f"{failed} of {len(results.entries)}"
        lines += [f"> **The judge failed for {count}.** {outcome.NO_FAULT}", ""]
    if not results.entries:
        lines += [telling.NOTHING, ""]
    return "\n".join(lines)


def table(results: Results) -> list[str]:
    """The lines of the table of submissions: two that begin it, then one for each."""
    if not results.entries:
        return []
    head = row("submission", "verdict", "points", "what is wrong first")
    return [head, "|---|---|---:|---|", *map(_row, results.entries)]


def sections(results: Results) -> list[str]:
    """What is wrong with each submission that is not accepted; each ends in a newline."""
    return [
        "\n".join(_section(entry)) for entry in results.entries if outcome.state(entry) != "good"
    ]


def _title(entries: Sequence[Entry]) -> str:
    if len(entries) == 1:
        return f"{outcome.sign(entries[0])} {_headline(entries[0])}"
    return outcome.total(entries)


def _headline(entry: Entry) -> str:
    points = f", {earned} points" if (earned := outcome.points(entry)) else ""
    return f"{outcome.name(entry)}{points}"


def _row(entry: Entry) -> str:
    verdict = f"{outcome.sign(entry)} {outcome.name(entry)}"
    first = words(cap(outcome.wrong(entry).partition("\n")[0], outcome.SHORT))
    return row(code(entry.name), verdict, outcome.points(entry) or "–", first)


def _section(entry: Entry) -> Iterator[str]:
    yield from (f"### {outcome.sign(entry)} {code(entry.name)}: {_headline(entry)}", "")
    if telling.judge_failed(entry):
        yield from (telling.JUDGE_FAILED, "")
    if isinstance(entry, Ungraded):
        yield from (f"**Why:** {words(entry.message)}", "")
        return
    judgement = entry.judgement
    for check in sorted(judgement.checks, key=lambda check: check.status is Status.PASSED):
        yield from _check(check)
    if judgement.counterexample is not None:
        yield from _example(judgement.counterexample)
    for stream, text in (("stdout", entry.output.stdout), ("stderr", entry.output.stderr)):
        yield from _printed(stream, text, entry.output)


def _check(check: CheckResult) -> Iterator[str]:
    sign = _SIGNS.get(check.status, "✗")
    worth = f", {telling.points(check.score, check.max_score)} points" if check.max_score else ""
    name = words(check.name)
    yield f"**{sign} {name}** ({check.status}{worth}): {words(check.message)}"
    for finding in check.findings[: telling.FINDINGS]:
        yield from _finding(finding, check.message)
    if left := len(check.findings[telling.FINDINGS :]):
        yield f"- and {left} more, all in the JSON report"
    yield ""


def _finding(finding: Finding, said: str) -> Iterator[str]:
    if finding.message != said:
        yield f"- What: {words(finding.message)}"
    if finding.where is not None:
        yield f"- {_place(finding.where)}"
    if finding.cause:
        yield f"- Cause: {words(finding.cause)}"
    if finding.hint:
        yield f"- → {words(finding.hint)}"


def _place(where: Where) -> str:
    function = f" in {code(where.function)}" if where.function else ""
    source = cap(where.source.strip(), telling.SOURCE_LIMIT)
    return f"Line {where.line}{function}{f': {code(source)}' if source else ''}"


def _example(counterexample: Counterexample) -> Iterator[str]:
    page = Page(telling.WIDTH, False, Symbols())
    title, *lines = example.batch(counterexample, page)
    yield from (f"**{words(title)}**", "", fenced("\n".join(lines)), "")
    if counterexample.trajectory:
        yield from _trajectory(counterexample.trajectory)


def _trajectory(moments: Sequence[Moment]) -> Iterator[str]:
    yield from (f"**{way.title(moments)}**", "")
    yield row("step", "carry", "expected", "yours", "gradient expected", "gradient yours")
    yield "|---|---|---|---|---|---|"
    for each in way.rows(moments):
        if each.left_out:
            yield row("…", "", "", "", "", "")
        values = (each.name, each.expected, each.got, *each.gradients)
        cells = (words(value.replace("\n", " ")) for value in values)
        yield row(f"{each.step}{' ✗' if each.parted else ''}", *cells)
    yield ""


def _printed(stream: str, text: str, output: Output) -> Iterator[str]:
    if lines := printed.lines(text):
        shown = (cap(line, telling.SOURCE_LIMIT) for line in printed.shortened(lines))
        yield from (f"**{printed.title(stream, output)}**", "", fenced("\n".join(shown)), "")

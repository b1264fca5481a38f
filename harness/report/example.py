"""The counterexample as text for a person: the batch, the results, and the way of the carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from graders.verdict import Counterexample, Moment
from harness.report import numbers
from harness.report.layout import columns, fit, pad
from harness.report.page import Page, message_text
from harness.report.text import clean_line, sizes

LABEL = 16
MOMENTS_HEAD, MOMENTS_TAIL = 2, 6
NAMES = 6
CELL = 30
_GAP = "  "


def lines(example: Counterexample | None, page: Page) -> Iterator[str]:
    """The smallest batch that shows a difference; nothing when there is none."""
    if example is None:
        return
    size = sizes(example.dimensions)
    title = f"Smallest batch that shows it: {size}" if size else "Inputs that show it"
    within = f" (in {clean_line(example.arithmetic)})" if example.arithmetic else ""
    yield from page.whole(f"{title}{within}", "head")
    rows = {clean_line(name): numbers.lines(value) for name, value in example.arguments.items()}
    rows["expected"] = message_text(example.expected).split("\n")
    rows["got"] = message_text(example.got).split("\n")
    label = min(LABEL, max(map(columns, rows)))
    for name, texts in rows.items():
        mark = {"expected": "good", "got": "bad"}.get(name, "")
        for line, start in zip(texts, [name, *[""] * (len(texts) - 1)], strict=True):
            rest = " " * (label + 4)
            yield from page.text(line, f"  {fit(start, label)}  ", rest, mark)
    yield from _trajectory(example.trajectory, page)


def _trajectory(moments: Sequence[Moment], page: Page) -> Iterator[str]:
    """A table of the carry, from the start to the step at which it is another one."""
    if not moments:
        return
    last = moments[-1]
    yield ""
    title = "The carry, step by step"
    if last.same:
        title += ": it is the reference's all the way"
    yield from page.whole(title, "head")
    table = [_heading(moments), *(row for moment in _shown(moments) for row in _rows(moment, last))]
    table = [_without_gradients(row) for row in table] if _width(table) > page.width else table
    widths = [max(columns(row[n]) for row in table) for n in range(len(table[0]))]
    for row in table:
        cells = [pad(cell, width) for cell, width in zip(row, widths, strict=True)]
        wrong = not last.same and row[0] == str(last.step)
        sign = f" {page.symbols.failed}" if wrong else ""
        text = f"  {_GAP.join(cells).rstrip()}{sign}"
        yield from page.whole(text, "bad" if wrong else "", "", "      ")


def _shown(moments: Sequence[Moment]) -> Sequence[Moment]:
    if len(moments) <= MOMENTS_HEAD + MOMENTS_TAIL:
        return moments
    return (*moments[:MOMENTS_HEAD], *moments[-MOMENTS_TAIL:])


def _heading(moments: Sequence[Moment]) -> list[str]:
    gradients = any(moment.gradients for moment in moments)
    names = ["gradient expected", "gradient yours"] if gradients else ["", ""]
    return ["step", "carry", "expected", "yours", *names]


def _rows(moment: Moment, last: Moment) -> Iterator[list[str]]:
    """A row for each name; of many, those that are different in the end."""
    names = list(moment.expected)
    if len(names) > 1 and not last.same:
        names = [name for name in names if last.expected.get(name) != last.got.get(name)]
    for name in names[:NAMES]:
        gradients = moment.gradients.get(name, ("", ""))
        values = (moment.expected[name], moment.got.get(name, ""), *gradients)
        step = "start" if moment.step == 0 else str(moment.step)
        yield [step, clean_line(name), *map(_cell, values)]


def _cell(value: Any) -> str:
    text = value if isinstance(value, str) else " ".join(numbers.lines(value))
    return text if columns(text) <= CELL else fit(text, CELL)


def _width(table: Sequence[Sequence[str]]) -> int:
    widths = [max(columns(row[n]) for row in table) for n in range(len(table[0]))]
    return sum(widths) + len(_GAP) * len(widths) + 2


def _without_gradients(row: Sequence[str]) -> list[str]:
    return list(row[:-2])

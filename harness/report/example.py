"""The counterexample as text for a person: the batch, the results, and the way of the carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graders.verdict import Counterexample, Moment
from harness.report import numbers, way
from harness.report.layout import columns, fit, pad
from harness.report.page import Page, message_text
from harness.report.text import clean_line, sizes

LABEL = 16
CELL = 30
_GAP = "  "


def lines(example: Counterexample | None, page: Page) -> Iterator[str]:
    """The smallest batch that shows a difference, and the way of the carry; nothing without one."""
    if example is not None:
        yield from batch(example, page)
        yield from _trajectory(example.trajectory, page)


def batch(example: Counterexample, page: Page) -> Iterator[str]:
    """A title, the inputs, and both results."""
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


def _trajectory(moments: Sequence[Moment], page: Page) -> Iterator[str]:
    """A table of the carry, from the start to the step at which it is another one."""
    if not moments:
        return
    yield ""
    yield from page.whole(way.title(moments), "head")
    rows = way.rows(moments)
    table = [_heading(moments), *map(_cells, rows)]
    table = [_without_gradients(row) for row in table] if _width(table) > page.width else table
    widths = [max(columns(row[n]) for row in table) for n in range(len(table[0]))]
    for place, cells in enumerate(table):
        padded = [pad(cell, width) for cell, width in zip(cells, widths, strict=True)]
        wrong = place > 0 and rows[place - 1].parted
        sign = f" {page.symbols.failed}" if wrong else ""
        text = f"  {_GAP.join(padded).rstrip()}{sign}"
        yield from page.whole(text, "bad" if wrong else "", "", "      ")


def _heading(moments: Sequence[Moment]) -> list[str]:
    gradients = any(moment.gradients for moment in moments)
    names = ["gradient expected", "gradient yours"] if gradients else ["", ""]
    return ["step", "carry", "expected", "yours", *names]


def _cells(row: way.Row) -> list[str]:
    return [row.step, row.name, *map(_cell, (row.expected, row.got, *row.gradients))]


def _cell(text: str) -> str:
    line = text.replace("\n", " ")
    return line if columns(line) <= CELL else fit(line, CELL)


def _width(table: Sequence[Sequence[str]]) -> int:
    widths = [max(columns(row[n]) for row in table) for n in range(len(table[0]))]
    return sum(widths) + len(_GAP) * len(widths) + 2


def _without_gradients(row: Sequence[str]) -> list[str]:
    return list(row[:-2])

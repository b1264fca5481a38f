"""A problem's batches as text for its author."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.report import numbers
from harness.report.layout import columns, fit, pad
from harness.report.page import Page, message_text
from harness.report.text import clean_line, sizes
from harness.sight import Example, Sight, Spread

_LABEL = 16
_STEPS = 12


def render(sight: Sight, page: Page) -> str:
    """The numbers over all batches, then some batches in full; ends in a newline."""
    lines = [*_numbers(sight, page)]
    for example in sight.examples:
        lines += ["", *_example(example, page)]
    return "\n".join(lines) + "\n"


def _numbers(sight: Sight, page: Page) -> Iterator[str]:
    title = f"{sight.batches} batches, {sight.exact} of them also compared as rational numbers"
    yield from page.whole(title, "head")
    shapes = "; ".join(sizes(shape) for shape in sight.shapes if shape)
    if shapes:
        yield from page.text(f"shapes  {shapes}", "  ", "          ")
    rows = [*_spreads("argument", sight.arguments), *_spreads("result", sight.results)]
    widths = [max(columns(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        cells = (pad(cell, width) for cell, width in zip(row, widths, strict=True))
        yield from page.text("  ".join(cells).rstrip(), "  ", "    ")


def _spreads(what: str, spreads: Sequence[Spread]) -> Iterator[list[str]]:
    for each in spreads:
        values = f"from {numbers.number(each.low)} to {numbers.number(each.high)}"
        if each.kind.startswith("key"):
            values = "random keys"
        yield [what, clean_line(each.name), each.kind, values]


def _example(example: Example, page: Page) -> Iterator[str]:
    size = sizes(example.dimensions)
    yield from page.whole(f"A batch{f' of {size}' if size else ''}", "head")
    rows = {clean_line(name): numbers.lines(value) for name, value in example.arguments.items()}
    rows["reference"] = message_text(example.result).split("\n")
    label = min(_LABEL, max(map(columns, rows)))
    for name, texts in rows.items():
        for line, start in zip(texts, [name, *[""] * (len(texts) - 1)], strict=True):
            yield from page.text(line, f"  {fit(start, label)}  ", " " * (label + 4))
    for moment in example.trajectory[:_STEPS]:
        carry = ", ".join(
            f"{clean_line(name)} {' '.join(numbers.lines(value))}"
            for name, value in moment.expected.items()
        )
        step = f"step {moment.step}" if moment.step else "start"
        yield from page.text(carry, f"  {fit(step, label)}  ", " " * (label + 4))
    left = len(example.trajectory) - _STEPS
    if left > 0:
        yield from page.text(f"... and {left} more", f"  {fit('', label)}  ")

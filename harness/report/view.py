"""A program as the judge sees it, for a person or as JSON values."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from graders.view import Growth, Loop, View
from harness.report.page import Page
from harness.report.text import clean, clean_line

SCHEMA = "jaxjudge.view/1"
_MOST = 400


def document(view: View) -> str:
    """The view as a JSON document, ending in a newline."""
    plain = {"schema": SCHEMA, **asdict(view), "dimensions": dict(view.dimensions)}
    return json.dumps(plain, indent=2) + "\n"


def absent(why: str) -> str:
    """The JSON document on a file that gives no program, ending in a newline."""
    return json.dumps({"schema": SCHEMA, "error": clean(why)}, indent=2) + "\n"


def render(view: View, source: Sequence[str], page: Page) -> str:
    """The view in lines, ending in a newline; `source` is the text of the file."""
    sizes = ", ".join(f"{name} = {size}" for name, size in view.dimensions)
    lines = [
        *page.whole(f"The program{f' for {sizes}' if sizes else ''}", "head"),
        *_program(view, page),
    ]
    for loop in view.loops:
        lines += ["", *_loop(loop, source, page)]
    if view.dead:
        lines += ["", *_dead(view, source, page)]
    for growth in view.growth:
        lines += ["", *_growth(growth, source, page)]
    return "\n".join(lines) + "\n"


def _program(view: View, page: Page) -> Iterator[str]:
    width = max((len(str(row.line)) for row in view.rows if row.line), default=1)
    for row in view.rows[:_MOST]:
        number = str(row.line or "").rjust(width)
        sign = page.symbols.arrow if row.loop else " " * len(page.symbols.arrow)
        start = f"  {number} {sign} "
        indent = len(row.text) - len(row.text.lstrip())
        rest = " " * (len(start) + indent + 4)
        yield from page.text(clean_line(row.text), start, rest, "head" if row.loop else "dim")
    if len(view.rows) > _MOST:
        yield f"  ... and {len(view.rows) - _MOST} lines more"


def _loop(loop: Loop, source: Sequence[str], page: Page) -> Iterator[str]:
    yield from page.whole(f"{loop_title(loop)}{_place(loop.line, source)}", "head")
    for what, names in loop_facts(loop).items():
        yield from page.text(f"{what}  {names}", "  ", "    ")


def loop_title(loop: Loop) -> str:
    """What kind of loop it is, and how often it goes round."""
    steps = "as many steps as the data ask for" if loop.steps is None else f"{loop.steps} steps"
    return f"{loop.kind}, {steps}"


def loop_facts(loop: Loop) -> dict[str, str]:
    """Which arguments a loop is given as what; what it is not given is left out."""
    facts = {
        "starts from": loop.carry,
        "scans": loop.xs,
        "captures": loop.captured,
        "results also depend, past it, on": loop.past,
    }
    return {what: ", ".join(names) for what, names in facts.items() if names}


def _dead(view: View, source: Sequence[str], page: Page) -> Iterator[str]:
    yield from page.whole("Without any effect on the result", "head")
    for line, primitives in dead_lines(view):
        yield from page.text(f"{primitives}{_place(line, source)}", "  ", "    ")


def dead_lines(view: View) -> list[tuple[int | None, str]]:
    """The operations that have no effect, by the line they come from, in the order of lines."""
    counted = Counter((dead.line, dead.primitive) for dead in view.dead)
    lines: dict[int | None, list[str]] = {}
    for (line, primitive), times in counted.items():
        lines.setdefault(line, []).append(primitive if times == 1 else f"{times} {primitive}")
    ordered = sorted(lines.items(), key=lambda item: item[0] or 0)
    return [(line, ", ".join(primitives)) for line, primitives in ordered]


def _growth(growth: Growth, source: Sequence[str], page: Page) -> Iterator[str]:
    yield from page.whole(growth_title(growth), "head")
    if grows(growth):
        for line in growth.lines:
            yield from page.text(_place(line, source).lstrip(", "), "  ", "    ")


def grows(growth: Growth) -> bool:
    """Whether there are more operations for the larger size."""
    before, after = growth.operations
    return after > before


def growth_title(growth: Growth) -> str:
    """Whether the program grows with a dimension, and the numbers that show it."""
    (low, high), (before, after) = growth.sizes, growth.operations
    name = growth.dimension
    counts = f"{before} operations for {name} = {low}, {after} for {name} = {high}"
    return f"{'Grows' if grows(growth) else 'Does not grow'} with {name}: {counts}"


def _place(line: int | None, source: Sequence[str]) -> str:
    if line is None:
        return ""
    text = source[line - 1].strip() if 0 < line <= len(source) else ""
    return f", line {line}:  {clean_line(text)}" if text else f", line {line}"

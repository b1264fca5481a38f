"""A comparison as text for a person: what is not of the same version, then what changed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from harness.report.compared.comparison import Change, Comparison, Kind
from harness.report.compared.wording import (
    TITLES,
    differences,
    name,
    outcome,
    remarks,
    summary,
)
from harness.report.page import Page

_MARKS = {Kind.LOST: "bad", Kind.GAINED: "good"}


def render(comparison: Comparison, page: Page) -> str:
    """All of it, ending in a newline; the summary is the last line."""
    sections = [list(_versions(comparison, page))]
    for kind, changes in groupby(comparison.changes, key=lambda change: change.kind):
        lines = [line for change in changes for line in _change(change, page)]
        sections.append([*page.whole(TITLES[kind], "head"), *lines])
    sections.append(list(page.whole(summary(comparison), "good" if comparison.good else "bad")))
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def _versions(comparison: Comparison, page: Page) -> Iterator[str]:
    for what, old, new in differences(comparison):
        yield from page.whole(f"{what}: {old} {page.symbols.arrow} {new}", "", "", "  ")


def _change(change: Change, page: Page) -> Iterator[str]:
    sign = {Kind.LOST: page.symbols.failed, Kind.GAINED: page.symbols.passed}.get(change.kind, "-")
    old, new = outcome(change.old), outcome(change.new)
    text = f"{name(change)}  {old} {page.symbols.arrow} {new}"
    yield from page.text(text, f"{sign} ", "    ", _MARKS.get(change.kind, "dim"))
    for remark in remarks(change):
        yield from page.text(remark, "    ", "    ")

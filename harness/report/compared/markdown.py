"""A comparison as Markdown, for a comment or a wiki."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from harness.report.compared.comparison import Change, Comparison
from harness.report.compared.wording import (
    TITLES,
    differences,
    name,
    outcome,
    remarks,
    summary,
)

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+!|~&@$:-])")


def render(comparison: Comparison) -> str:
    """The document, ending in a newline; nothing in a name or message is taken for Markdown."""
    sections = [f"{summary(comparison)}\n"]
    versions = [tuple(map(_escaped, row)) for row in differences(comparison)]
    if versions:
        sections.append(_table(("version of", "before", "now"), versions))
    for kind, changes in groupby(comparison.changes, key=lambda change: change.kind):
        rows = _table(("submission", "before", "now", "remarks"), map(_row, changes))
        sections.append(f"### {TITLES[kind]}\n\n{rows}")
    return "\n".join(sections)


def _row(change: Change) -> tuple[str, ...]:
    told = map(_escaped, remarks(change))
    before, now = _escaped(outcome(change.old)), _escaped(outcome(change.new))
    return _escaped(name(change)), before, now, "; ".join(told)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    def lines() -> Iterator[str]:
        yield f"| {' | '.join(head)} |"
        yield "|---" * len(head) + "|"
        for row in rows:
            yield f"| {' | '.join(row)} |"

    return "\n".join(lines()) + "\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)

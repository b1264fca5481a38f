"""Nested lists of numbers as a few aligned lines for a person to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from harness.report.text import clean_line

ROWS = 8
COLUMNS = 12


def lines(value: Any) -> list[str]:
    """The lines that show a number, a list of them (one line), a matrix (a line a row), or a dict.

    Seven significant digits are shown, and at most `ROWS` rows of `COLUMNS` numbers.
    """
    if isinstance(value, Mapping):
        return _entries(value)
    if not _is_list(value):
        return [number(value)]
    if not any(_is_list(item) or isinstance(item, Mapping) for item in value):
        return [f"[{', '.join(_cells(value))}]"]
    if all(_is_list(row) and not any(map(_is_list, row)) for row in value):
        return _matrix(value)
    return _bracketed([line for item in value[:ROWS] for line in lines(item)], len(value) - ROWS)


def number(value: Any) -> str:
    """One number, short: a whole number without a point, others with seven digits."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return clean_line(str(value))
    return f"{value:.7g}" if isinstance(value, float) else str(value)


def _matrix(rows: Sequence[Sequence[Any]]) -> list[str]:
    cells = [_cells(row) for row in rows[:ROWS]]
    width = max((len(cell) for row in cells for cell in row), default=0)
    texts = [f"[{', '.join(cell.rjust(width) for cell in row)}]" for row in cells]
    return _bracketed(texts, len(rows) - ROWS)


def _bracketed(texts: list[str], left_out: int) -> list[str]:
    if left_out > 0:
        texts = [*texts, f"... {left_out} more"]
    starts = ["[", *[" "] * (len(texts) - 1)]
    ends = [*[""] * (len(texts) - 1), "]"]
    return [start + text + end for start, text, end in zip(starts, texts, ends, strict=True)]


def _cells(row: Sequence[Any]) -> list[str]:
    cells = [number(item) for item in row[:COLUMNS]]
    return [*cells, f"... {len(row) - COLUMNS} more"] if len(row) > COLUMNS else cells


def _entries(value: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    for key, item in value.items():
        head, *rest = lines(item)
        label = f"{clean_line(str(key))}: "
        found += [label + head, *(" " * len(label) + line for line in rest)]
    return found or ["{}"]


def _is_list(value: Any) -> bool:
    return isinstance(value, (list, tuple))

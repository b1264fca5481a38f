"""The way of a carry as rows of text: the reference's values beside the submission's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graders.verdict import Moment
from harness.report import numbers
from harness.report.text import clean_line

HEAD, TAIL = 2, 6
NAMES = 6


@dataclass(frozen=True, slots=True)
class Row:
    """What one name carries after a step, and the gradients that the step implies, if any.

    Matrices are several lines. `left_out` is the number of steps that are not shown before this
    one; `parted` says that it is the first at which the two carries differ.
    """

    step: str
    name: str
    expected: str
    got: str
    gradients: tuple[str, str]
    left_out: int
    parted: bool


def title(moments: Sequence[Moment]) -> str:
    """What the table of a way, which is not empty, is called."""
    agreed = ": it is the reference's all the way" if moments[-1].same else ""
    return f"The carry, step by step{agreed}"


def rows(moments: Sequence[Moment]) -> tuple[Row, ...]:
    """The rows for the first steps and the last ones, one for each name worth showing."""
    shown = moments
    if len(moments) > HEAD + TAIL:
        shown = (*moments[:HEAD], *moments[-TAIL:])
    left_out = len(moments) - len(shown)
    return tuple(
        row
        for place, moment in enumerate(shown)
        for row in _rows(moment, moments[-1], left_out if place == HEAD else 0)
    )


def names(last: Moment) -> list[str]:
    """The names of what is carried; of many, those that are different in the end."""
    found = list(last.expected)
    if len(found) > 1 and not last.same:
        found = [name for name in found if last.expected[name] != last.got.get(name)]
    return found[:NAMES]


def _rows(moment: Moment, last: Moment, left_out: int) -> Iterator[Row]:
    step = "start" if moment.step == 0 else str(moment.step)
    for name in names(last):
        expected, got = (_text(values.get(name, "")) for values in (moment.expected, moment.got))
        before, after = moment.gradients.get(name, ("", ""))
        gradients = _text(before), _text(after)
        parted = moment is last and not last.same
        yield Row(step, clean_line(name), expected, got, gradients, left_out, parted)
        left_out = 0


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "\n".join(numbers.lines(value))

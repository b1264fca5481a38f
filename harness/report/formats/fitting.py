"""Documents for programs that take only so much."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from harness.report.formats.cases import Case, summed
from harness.report.text import cap

LIMITS = (10_000, 1_000, 100)


def fitting(write: Callable[[Sequence[Case], int], str], cases: Sequence[Case], most: int) -> str:
    """The fullest document of at most `most` characters.

    `write` is given the tests and how many characters of any one text to keep. Texts are cut ever
    shorter; where that does not help, one test stands for all.
    """
    for limit in LIMITS:
        text = write([_cut(case, limit) for case in cases], limit)
        if len(text) <= most:
            return text
    return write([summed(cases)], LIMITS[-1])


def _cut(case: Case, limit: int) -> Case:
    return replace(case, name=cap(case.name, limit), text=cap(case.text, limit))

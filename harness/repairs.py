"""What one change would make a wrong submission right: its own text is changed, and run again."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from math import prod

from graders.bank import Bank
from graders.remedy import heals, right
from graders.slips.repair import Repair, repairs
from graders.subject import Dimensions, Failure, Trace, told_apart
from harness.bank import job
from harness.problem.model import Problem
from harness.sandbox.limits import ChildLimits
from harness.sandbox.parent import WarmParent
from harness.sandbox.subject import SandboxedSubject
from harness.variants import combined, groups, separated

_CHILD_SECONDS = 5.0
_SECONDS = 4.0


def repaired(
    problem: Problem, source: bytes, name: str, bank: Bank, parent: WarmParent
) -> Repair | None:
    """The first change of one thing in a submission with which it is right on every batch.

    The changed texts are no more trusted than the submission: they run in its box, under its
    limits. None if there is no such change, or it takes too long to find.
    """
    try:
        made = list(repairs(source.decode()))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None  # it has run, so this is Python, but not all of Python can be taken apart
    trial = _Trial(problem, name, bank, parent)
    waiting = groups(made)
    at_once = os.cpu_count() or 1
    end = time.monotonic() + _SECONDS
    with ThreadPoolExecutor(at_once) as pool:
        for first in range(0, len(waiting), at_once):
            if time.monotonic() > end:
                break
            for found in pool.map(trial.healing, waiting[first : first + at_once]):
                for repair in found:
                    if trial.heals(repair):
                        return repair
    return None


class _Trial:
    """Runs changed texts of one submission."""

    def __init__(self, problem: Problem, name: str, bank: Bank, parent: WarmParent) -> None:
        limits = ChildLimits.of(problem.rubric.limits)
        self._rubric = problem.rubric
        self._name = name
        self._bank = bank
        self._parent = parent
        self._limits = replace(limits, wall_seconds=min(_CHILD_SECONDS, limits.wall_seconds))

    def healing(self, group: Sequence[Repair]) -> list[Repair]:
        """Those of a few repairs that are right on the batches of one shape."""
        shape = _shape(self._bank)
        text = combined(self._rubric, [repair.source for repair in group])
        traces = self._traced(text, [shape])
        if isinstance(traces, Failure):
            return []
        programs = [program for (program,) in separated(self._rubric, traces)]
        return [
            repair
            for repair, program in zip(group, programs, strict=False)
            if program is not None and heals(self._rubric, self._bank, shape, program)
        ]

    def heals(self, repair: Repair) -> bool:
        """Whether a repair is right on all batches."""
        traces = self._traced(repair.source.encode(), self._bank.shapes)
        return not isinstance(traces, Failure) and right(self._rubric, self._bank, traces)

    def _traced(self, source: bytes, shapes: Sequence[Dimensions]) -> Sequence[Trace] | Failure:
        subject = SandboxedSubject(self._parent, self._limits)
        try:
            subject.submit(source, self._name, job(self._rubric, shapes, None))
            return subject.traces()
        finally:
            subject.close()


def _shape(bank: Bank) -> Dimensions:
    """The smallest shape whose extents are told apart: a program of it says the most for least."""
    apart = [shape for shape in bank.shapes if told_apart(shape)] or bank.shapes
    return min(apart, key=lambda shape: prod(dict(shape).values()))

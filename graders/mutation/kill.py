"""Whether batches tell a mutant from the reference, and how many of them it takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from graders.jaxpr.interpret import Budget, Evaluator
from graders.jaxpr.model import Program
from graders.mutation.run import FAILURES, Arrays, results
from graders.subject import Oracle

Same = Callable[[Arrays, Arrays, Arrays], bool]
_EQUATIONS = 100_000
_ELEMENTS = 1 << 24
_LARGEST = 1 << 22


class Outcome(StrEnum):
    """What became of a mutant. A broken one gives no finite result, so that it cannot be missed."""

    KILLED = "killed"
    BROKEN = "broken"
    SURVIVED = "survived"


@dataclass(frozen=True, slots=True)
class Question:
    """A batch by its number, and what the reference gives for it in float64."""

    number: int
    arguments: Arrays
    expected: Arrays


@dataclass(frozen=True, slots=True)
class Part:
    """A mutant as it is for one shape, and the questions of that shape."""

    program: Program
    questions: Sequence[Question]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mutant: the number of the first batch that gives it away, and how."""

    outcome: Outcome
    batch: int | None = None
    reason: str = ""

    @property
    def needed(self) -> int | None:
        """How many batches must be run, in the order of their numbers, to notice the mutant."""
        return None if self.batch is None else self.batch + 1


def fate(parts: Sequence[Part], same: Same, oracle: Oracle | None = None) -> Fate:
    """Run a mutant on the batches of every shape, until one gives it away.

    `same` says of arguments, expected and found results whether they are taken to agree. The
    programs must be in normal form. `oracle` evaluates what the interpreter has no rule for.
    """
    found = Fate(Outcome.SURVIVED)
    for part in sorted((p for p in parts if p.questions), key=lambda p: p.questions[0].number):
        if found.batch is None or part.questions[0].number < found.batch:
            other = _on_shape(part, same, oracle)
            earlier = found.batch is None or (other.batch is not None and other.batch < found.batch)
            found = other if earlier else found
    return found


def _on_shape(part: Part, same: Same, oracle: Oracle | None) -> Fate:
    """Questions are taken in order; they are numbered upward."""
    budget = Budget(_EQUATIONS, _ELEMENTS, _LARGEST)
    given = results(
        part.program, [q.arguments for q in part.questions], Evaluator(budget=budget, oracle=oracle)
    )
    for question in part.questions:
        try:
            values = next(given)
        except FAILURES as error:
            reason = str(error) or "takes too many steps"
            return Fate(Outcome.BROKEN, question.number, reason)
        if _loses(question.expected, values):
            return Fate(Outcome.BROKEN, question.number, "gives nan or infinity")
        if not same(question.arguments, question.expected, values):
            return Fate(Outcome.KILLED, question.number)
    return Fate(Outcome.SURVIVED)


def _loses(expected: Arrays, found: Arrays) -> bool:
    """Whether a number is not finite where the reference's is."""
    return any(
        bool(np.any(np.isfinite(mine) & ~np.isfinite(theirs)))
        for mine, theirs in zip(expected, found, strict=True)
    )

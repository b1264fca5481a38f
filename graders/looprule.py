"""What a `while` loop must be to do the work an exercise asks of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from graders.barred import Found, all_equations
from graders.inputs import Batch
from graders.jaxpr.dataflow import bypasses
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Array, Equation, Program
from graders.probe import (
    Arrays,
    Intervention,
    LoopLab,
    Observation,
    changed,
    largest_change,
    moved,
    same,
    whole,
)
from graders.rubric import Rubric, WhileRule
from graders.verdict import Finding
from graders.wording import listed

_MOVED = 1e-3
_NEAR = 1e-6


def examine(
    rubric: Rubric,
    rule: WhileRule,
    program: Program,
    batches: Sequence[Batch],
    loop: Equation,
    evaluator: Evaluator,
) -> list[Finding]:
    """Everything that keeps a loop from being the one that is asked for; empty when it is."""
    names = [argument.root for argument in rubric.arguments]
    past, _ = bypasses(program, names, loop)
    suspects = [name for name in rule.arguments if name in past]
    trial = _Trial(rubric, batches, LoopLab(program, loop, evaluator))
    unused = list(trial.use())
    return unused or [*trial.beside(suspects), *trial.work(), *trial.carried_over()]


def absent(traced: Program, normal: Program) -> Found:
    """What is said of a program that has no loop in normal form."""
    dead = next((e for e in all_equations(traced) if e.primitive == "while"), None)
    if dead is not None:
        finding = Finding(
            "loop_unused",
            "there is a while loop, but nothing of it reaches the result: it is dead code",
            "Return what the loop computes instead of computing it a second time.",
        )
        return finding, dead
    scans = [equation for equation in normal.walk() if equation.primitive == "scan"]
    return (
        Finding(
            "loop_absent",
            "the program contains no while loop"
            + (": the number of steps is known while tracing, which makes a scan" if scans else ""),
            "Use lax.while_loop, or lax.fori_loop with a bound that is an argument.",
        ),
        scans[0] if scans else None,
    )


@dataclass(frozen=True, slots=True)
class Pace:
    """How many steps a loop takes on the batches tried, and which arguments decide on that."""

    steps: frozenset[int] = frozenset()
    deciding: frozenset[str] = frozenset()

    def __or__(self, other: Pace) -> Pace:
        return Pace(self.steps | other.steps, self.deciding | other.deciding)


def pace(
    rubric: Rubric,
    rule: WhileRule,
    program: Program,
    batches: Sequence[Batch],
    loop: Equation,
    evaluator: Evaluator,
) -> Pace:
    """How many steps a loop takes, and which of the arguments that are to decide on it do."""
    trial = _Trial(rubric, batches, LoopLab(program, loop, evaluator))
    steps = frozenset(trial.steps(batch.arguments) for batch in batches)
    return Pace(steps, frozenset(filter(trial.decides, rule.steps)))


def turns(rule: WhileRule, pace: Pace) -> Iterator[Finding]:
    """The loop takes more than one step on some batch, and as many as the arguments say."""
    undecided = [name for name in rule.steps if name not in pace.deciding]
    if max(pace.steps) < 2:
        yield Finding(
            "loop_of_one_step",
            "there is a while loop, but it never takes more than one step: the work is done "
            "elsewhere",
            "Do one step of the work in each turn of the loop.",
        )
    elif len(pace.steps) == 1:
        yield Finding(
            "loop_of_fixed_length",
            "there is a while loop, but it takes the same number of steps whatever the arguments "
            "are",
            "Let the arguments decide when the loop ends.",
        )
    elif undecided:
        yield Finding(
            "loop_does_not_stop",
            f"there is a while loop, but how many steps it takes does not depend on "
            f"{listed(undecided)}",
            f"Let {listed(undecided)} decide when the loop ends.",
        )


@dataclass(frozen=True, slots=True)
class _Trial:
    """One loop of a program, tried on batches."""

    rubric: Rubric
    batches: Sequence[Batch]
    lab: LoopLab

    def steps(self, arguments: Sequence[Array]) -> int:
        """How many steps the loop takes."""
        return max(0, len(self.lab.observe(arguments).carries) - 1)

    def pairs(self) -> Iterator[tuple[Batch, Batch]]:
        """Every batch with the next one."""
        yield from zip(self.batches, (*self.batches[1:], self.batches[0]), strict=True)

    def decides(self, name: str) -> bool:
        """Whether the number of steps is another for another value of an argument."""
        return any(
            self.steps(first.arguments) != self.steps(self._swapped(first, other, name))
            for first, other in self.pairs()
        )

    def use(self) -> Iterator[Finding]:
        """The result moves when what the loop gives is moved, all of it or one value."""
        for batch in self.batches:
            plain = self.lab.observe(batch.arguments)
            for move in _moves(plain):
                other = self.lab.observe(batch.arguments, Intervention(outputs=move))
                if plain.reached and largest_change(plain.results, other.results) >= _MOVED:
                    return
        yield Finding(
            "loop_unused",
            "there is a while loop, but it has no part in the result, which is the same whatever "
            "it gives",
            "Return what the loop computes instead of computing it a second time.",
        )

    def beside(self, suspects: Sequence[str]) -> Iterator[Finding]:
        """The named arguments reach the result through the loop alone."""
        for name in suspects:
            if any(self._differs(name, first, other) for first, other in self.pairs()):
                yield Finding(
                    "beside_loop",
                    f"the result is computed from {name} beside the loop, not only by it",
                    "Return what comes out of the loop, with no second computation next to it.",
                )

    def _differs(self, name: str, first: Batch, other: Batch) -> bool:
        """Whether an argument changes the result though the loop gives what it gave."""
        base = self.lab.observe(first.arguments)
        if not base.reached:
            return False
        hold = Intervention(outputs=lambda _: base.outputs)
        held = self.lab.observe(self._swapped(first, other, name), hold)
        return held.reached and not same(base.results, held.results)

    def _swapped(self, first: Batch, other: Batch, name: str) -> list[Array]:
        """The first batch with one argument taken from the other."""
        columns = self.rubric.columns(name)
        pairs = zip(first.arguments, other.arguments, strict=True)
        return [theirs if n in columns else mine for n, (mine, theirs) in enumerate(pairs)]

    def work(self) -> Iterator[Finding]:
        """On most batches, the result is among the values that the loop gives."""
        runs = [self.lab.observe(batch.arguments) for batch in self.batches]
        if 2 * _giving(runs) < len(runs):
            yield Finding(
                "loop_not_the_work",
                "there is a while loop, but the result is not among the values it gives: the work "
                "is done after it",
                "Let the loop carry the result from step to step, and return its last value.",
            )

    def carried_over(self) -> Iterator[Finding]:
        """A result that is no index is made of what the step before gave, not computed anew."""
        tried = [self._hangs_on_last(batch) for batch in self.batches]
        if False in tried and True not in tried:
            yield Finding(
                "loop_starts_anew",
                "there is a while loop, but what it gives does not depend on the step before the "
                "last: each step computes it anew",
                "Compute the new value in each step from the value of the step before.",
            )

    def _hangs_on_last(self, batch: Batch) -> bool | None:
        """Whether the result moves with the carry of the last step; None if that says nothing."""
        plain = self.lab.observe(batch.arguments)
        last = len(plain.carries) - 2
        if last < 1 or whole(plain.results):
            return None

        def move(step: int, carry: Sequence[Array]) -> tuple[Array, ...]:
            return moved(tuple(carry)) if step == last else tuple(carry)

        other = self.lab.observe(batch.arguments, Intervention(carry=move))
        return not same(plain.results, other.results)


def _moves(run: Observation) -> Iterator[Callable[[Arrays], Arrays]]:
    """What may show that a result is made of what a loop gives.

    Small moves need not show in a whole number or a truth value, and those of several values may
    make up for each other: there, each value is also changed alone.
    """
    yield moved
    if whole(run.results):
        for slot in range(len(run.outputs)):
            yield partial(_changed_at, slot)


def _changed_at(slot: int, outputs: Arrays) -> Arrays:
    return tuple(changed(value) if n == slot else value for n, value in enumerate(outputs))


def _giving(runs: Sequence[Observation]) -> int:
    """On how many runs the numbers of the result are among those that the loop gives.

    What the loop never changes does not count, unless it takes no step at all. Signs may be lost,
    and a whole number may be one off: the loop may count what the result numbers.
    """
    reached = [run for run in runs if run.reached]
    differs = np.any([_numbers(run.outputs) != _numbers(run.init) for run in reached], axis=0)
    counted = differs | ~np.any(differs)
    return sum(_holds(_numbers(run.outputs)[counted], run.results) for run in reached)


def _holds(given: Array, results: Sequence[Array]) -> bool:
    wanted = _numbers(results)
    near = 1.0 if whole(results) else _NEAR * np.maximum(1.0, np.abs(wanted))
    with np.errstate(invalid="ignore"):
        gaps = np.abs(np.abs(given)[:, None] - np.abs(wanted))
    return bool(np.all(np.any(gaps <= near, axis=0)))


def _numbers(values: Sequence[Array]) -> Array:
    """The elements of arrays in a row."""
    return np.concatenate([np.asarray(value, np.float64).reshape(-1) for value in values])

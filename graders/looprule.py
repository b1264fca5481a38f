"""What a `while` loop must be to do the work an exercise asks of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import partial

from graders.inputs import Batch
from graders.jaxpr.dataflow import bypasses
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Equation, Program
from graders.probe import Intervention, LoopLab, largest_change, moved, same, whole
from graders.rubric import Rubric, WhileRule
from graders.verdict import Finding

_MOVED = 1e-3


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
    return [*trial.use(), *trial.beside(suspects)]


def steps(
    program: Program, batches: Sequence[Batch], loop: Equation, evaluator: Evaluator
) -> set[int]:
    """How many steps a loop takes on the batches."""
    lab = LoopLab(program, loop, evaluator)
    return {max(0, len(lab.observe(batch.arguments).carries) - 1) for batch in batches}


def turns(steps: Set[int]) -> Iterator[Finding]:
    """The loop takes more than one step on some batch, and not the same number on all."""
    if max(steps) < 2:
        yield Finding(
            "loop_of_one_step",
            "there is a while loop, but it never takes more than one step: the work is done "
            "elsewhere",
            "Do one step of the work in each turn of the loop.",
        )
    elif len(steps) == 1:
        yield Finding(
            "loop_of_fixed_length",
            "there is a while loop, but it takes the same number of steps whatever the arguments "
            "are",
            "Let the arguments decide when the loop ends.",
        )


@dataclass(frozen=True, slots=True)
class _Trial:
    """One loop of a program, tried on batches."""

    rubric: Rubric
    batches: Sequence[Batch]
    lab: LoopLab

    def use(self) -> Iterator[Finding]:
        """The result moves when what the loop gives is moved."""
        for batch in self.batches:
            plain = self.lab.observe(batch.arguments)
            move = partial(moved, all_kinds=whole(plain.results))
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
            pairs = zip(self.batches, (*self.batches[1:], self.batches[0]), strict=True)
            if any(self.differs(name, first, other) for first, other in pairs):
                yield Finding(
                    "beside_loop",
                    f"the result is computed from {name} beside the loop, not only by it",
                    "Return what comes out of the loop, with no second computation next to it.",
                )

    def differs(self, name: str, first: Batch, other: Batch) -> bool:
        """Whether an argument changes the result though the loop gives what it gave."""
        base, columns = self.lab.observe(first.arguments), self.rubric.columns(name)
        arguments = [
            theirs if number in columns else mine
            for number, (mine, theirs) in enumerate(
                zip(first.arguments, other.arguments, strict=True)
            )
        ]
        held = self.lab.observe(arguments, Intervention(outputs=lambda _: base.outputs))
        return base.reached and held.reached and not same(base.results, held.results)

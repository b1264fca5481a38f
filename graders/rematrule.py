"""Is what the exercise names computed again for the gradient, step by step, instead of kept?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

from graders.barred import Found
from graders.inputs import Batch
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Equation, Program, Variable
from graders.probe import Intervention, LoopLab, same
from graders.rubric import RematRule
from graders.verdict import Finding

_HINT = "Put jax.checkpoint around the body that lax.scan is given."


def examine(
    rule: RematRule, cases: Iterable[tuple[Program, Sequence[Batch]]], evaluator: Evaluator
) -> Iterator[Found]:
    """What keeps the body of a scan from being rematerialised.

    `cases` are programs in normal form, each with batches to try it on.
    """
    for program, batches in cases:
        scans = [equation for equation in program.walk() if equation.primitive == "scan"]
        found = [set(_computed_again(scan)) for scan in scans]
        full = [s for s, again in zip(scans, found, strict=True) if again >= set(rule.primitives)]
        if not full:
            yield _missing(rule, program, scans, set().union(*found))
            return
        if not any(_gives_all(program, scan, batches, evaluator) for scan in full):
            message = (
                "there is a scan whose steps compute again, but the result is computed beside it"
            )
            hint = "Return the gradient through that scan, with no second computation next to it."
            yield Finding("beside_remat", message, hint), full[0]
            return


def _missing(
    rule: RematRule, program: Program, scans: Sequence[Equation], found: Set[str]
) -> Found:
    """What is said where no scan computes all again that it should."""
    again = [equation for equation in program.walk() if equation.recomputed]
    inside = [
        equation
        for scan in scans
        for equation in scan.params["jaxpr"].walk()
        if equation.recomputed > scan.recomputed
    ]
    if not again:
        message = "jax.checkpoint has no part in the gradient: nothing is computed again by it"
        return Finding("remat_absent", message, _HINT), None
    if not inside:
        message = "the whole loop is computed again for the gradient, not each step of it"
        return Finding("remat_outside", message, _HINT), again[0]
    names = ", ".join(name for name in rule.primitives if name not in found)
    message = f"jax.checkpoint is at work in the steps, but what {names} gives is kept"
    hint = "Put jax.checkpoint around the whole body, and give it no policy that saves results."
    return Finding("remat_of_little", message, hint), inside[0]


def _computed_again(scan: Equation) -> Iterator[str]:
    """Primitives of a scan's body that are computed again from what was kept for the step.

    The gradient itself, which comes with the carry, stands in the same call and is none of them.
    """
    body, params = scan.params["jaxpr"], scan.params
    carried = slice(params["num_consts"], params["num_consts"] + params["num_carry"])
    moving: set[Variable] = set(body.inputs[carried])
    for equation in body.equations:
        if any(isinstance(atom, Variable) and atom in moving for atom in equation.inputs):
            moving.update(equation.outputs)
        elif equation.recomputed > scan.recomputed:
            yield equation.primitive
            for nested in equation.programs():
                yield from (inner.primitive for inner in nested.walk())


def _gives_all(
    program: Program, scan: Equation, batches: Sequence[Batch], evaluator: Evaluator
) -> bool:
    """Whether the results are the same on all batches while what the scan gives is held."""
    lab = LoopLab(program, scan, evaluator)
    given = lab.observe(batches[0].arguments).outputs
    hold = Intervention(outputs=lambda _: given)
    first, *others = (lab.observe(batch.arguments, hold).results for batch in batches)
    return all(same(first, other) for other in others)

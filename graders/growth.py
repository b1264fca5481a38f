"""How large a program is, and how that changes with a dimension."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from graders.barred import Found
from graders.inputs import growth_shapes
from graders.jaxpr.model import Equation, Program, Variable
from graders.rubric import Extent, Rubric, size_of
from graders.subject import Dimensions
from graders.verdict import Finding

_SLACK = 4
_LOGARITHMIC_SLACK = 1.5
_REARRANGING = frozenset({"copy", "reshape", "rev", "squeeze", "transpose"})


def growth(rubric: Rubric, normal: Mapping[Dimensions, Program]) -> Iterator[Found]:
    """The dimensions with which a program grows more than it may."""
    pairs = growth_shapes(rubric)
    for name, small, large in zip(rubric.structure.sized, pairs[::2], pairs[1::2], strict=True):
        before, after = (sum(1 for _ in normal[shape].walk()) for shape in (small, large))
        low, high = dict(small)[name], dict(large)[name]
        sizes = f"{before} operations for {name}={low}, {after} for {name}={high}"
        if name in rubric.structure.constant_size:
            if after > before + _SLACK:
                yield (
                    Finding(
                        "grows",
                        f"the program grows with {name}: {sizes}",
                        "A Python loop is written out while tracing, step by step, and so are the "
                        f"rounds of lax.associative_scan; one {_instead(rubric)} takes the same "
                        "program for any number of steps.",
                    ),
                    None,
                )
        else:
            yield from _logarithmic(name, before, after, low, high, sizes)


def _instead(rubric: Rubric) -> str:
    """What an exercise would have in the place of a loop that is written out."""
    rules = rubric.structure
    if rules.loop is not None:
        return "lax.while_loop"
    return "jax.vmap" if "scan" in rules.forbidden else "lax.scan"


def _logarithmic(
    name: str, before: int, after: int, low: int, high: int, sizes: str
) -> Iterator[Found]:
    rounds = [max(1.0, math.log2(extent)) for extent in (low, high)]
    allowed = _LOGARITHMIC_SLACK * before * rounds[1] / rounds[0] + _SLACK
    if after > allowed:
        yield (
            Finding(
                "grows_too_fast",
                f"the program grows with {name} faster than its logarithm: {sizes}",
                "Combine neighbours in pairs, so that each round halves what is left: "
                "lax.associative_scan does.",
            ),
            None,
        )
    elif after <= before and high > 2 * low:
        yield (
            Finding(
                "grows_not",
                f"the program does not grow with {name} at all ({sizes}): the elements are not "
                "combined in rounds",
                "Combine neighbours in pairs, so that each round halves what is left: "
                "lax.associative_scan does.",
            ),
            None,
        )


def largest(rubric: Rubric, limit: Extent, normal: Mapping[Dimensions, Program]) -> Iterator[Found]:
    """The largest intermediate, where it has more elements than any may have.

    An argument that is only rearranged is no intermediate.
    """
    worst: tuple[int, Equation, Dimensions, int] | None = None
    for shape, program in normal.items():
        allowed = size_of(limit, dict(shape))
        for equation in _computing(program):
            size = max((variable.type.size for variable in equation.outputs), default=0)
            if size > allowed and (worst is None or size > worst[0]):
                worst = size, equation, shape, allowed
    if worst is not None:
        size, equation, shape, allowed = worst
        sizes = ", ".join(f"{name}={extent}" for name, extent in shape)
        kind = next(str(v.type) for v in equation.outputs if v.type.size == size)
        most = allowed if str(limit) == str(allowed) else f"{limit} = {allowed}"
        yield (
            Finding(
                "large_intermediate",
                f"{equation.primitive} makes an array of {size} elements ({kind})"
                f"{f' for {sizes}' if sizes else ''}, "
                f"where {most} is the most any intermediate may have",
                "Find a way to the result that never builds an array of that size.",
            ),
            equation,
        )


def _computing(program: Program) -> Iterator[Equation]:
    """The equations that compute something, not only rearrange what a program is given."""
    rearranged: set[Variable] = set(program.inputs)
    for equation in program.equations:
        if _only_rearranges(equation, rearranged):
            rearranged.update(equation.outputs)
            continue
        yield equation
        for nested in equation.programs():
            yield from _computing(nested)


def _only_rearranges(equation: Equation, known: set[Variable]) -> bool:
    return equation.primitive in _REARRANGING and all(
        isinstance(atom, Variable) and atom in known for atom in equation.inputs
    )

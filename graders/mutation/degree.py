"""How large a rational function a program is: bounds on the degrees of its results.

A result is a quotient of two polynomials in the elements of the program's arguments. Degrees are
what the probability rests on that two different functions agree at a random point.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graders.jaxpr.arithmetic import is_float
from graders.jaxpr.model import Atom, Equation, Literal, Program, Variable
from graders.jaxpr.normalize import terms

_EFFORT = 500_000
_HIGHEST = 1 << 24


@dataclass(frozen=True, slots=True)
class Degree:
    """Bounds on the degrees above and below the line; `fixed` says the arguments have no part."""

    above: int
    below: int = 0
    fixed: bool = False


FIXED = Degree(0, 0, True)
# A value that is no rational function of the arguments, or not known to be one.
Found = Degree | None


class TooHigh(Exception):
    """The degrees are too high to be of use, or take too long to find."""


def degrees(program: Program) -> list[Degree] | None:
    """The degrees of each result of a program in normal form.

    None where one is not known to be a rational function.
    """
    inputs: list[Found] = [Degree(1) if is_float(v.type.dtype) else None for v in program.inputs]
    try:
        found = _Degrees(_EFFORT).program(program, inputs)
    except TooHigh:
        return None
    known = [degree for degree in found if degree is not None]
    return known if len(known) == len(found) else None


@dataclass(slots=True)
class _Degrees:
    effort: int

    def program(self, program: Program, inputs: Sequence[Found]) -> list[Found]:
        self.effort -= terms(program)
        if self.effort < 0:
            raise TooHigh
        known: dict[Variable, Found] = dict(zip(program.inputs, inputs, strict=True))
        known.update((variable, FIXED) for variable, _ in program.constants)

        def read(atom: Atom) -> Found:
            return FIXED if isinstance(atom, Literal) else known[atom]

        for equation in program.equations:
            sources = [read(atom) for atom in equation.inputs]
            known.update(zip(equation.outputs, self.equation(equation, sources), strict=True))
        return [read(atom) for atom in program.outputs]

    def equation(self, equation: Equation, sources: list[Found]) -> list[Found]:
        nothing: list[Found] = [None] * len(equation.outputs)
        if all(source is not None and source.fixed for source in sources):
            return [FIXED] * len(equation.outputs)
        if equation.primitive == "scan":
            return self.scan(equation, sources)
        if equation.primitive == "cond":
            return self.cond(equation, sources)
        if equation.primitive == "is_finite":
            return [FIXED]
        rule = _RULES.get(equation.primitive)
        if rule is None or not all(is_float(v.type.dtype) for v in equation.outputs):
            return nothing
        known = [source for source in sources if source is not None]
        found = rule(equation, known) if len(known) == len(sources) else None
        if found is not None and max(found.above, found.below) > _HIGHEST:
            raise TooHigh
        return [found] * len(equation.outputs)

    def scan(self, equation: Equation, sources: list[Found]) -> list[Found]:
        params = equation.params
        first, size = params["num_consts"], params["num_carry"]
        carry, rows = sources[first : first + size], sources[first + size :]
        stacks: list[Found] = [FIXED] * (len(equation.outputs) - size)
        for _ in range(params["length"]):
            found = self.program(params["jaxpr"], [*sources[:first], *carry, *rows])
            grown = [_highest([a, b]) for a, b in zip(stacks, found[size:], strict=True)]
            if found[:size] == carry and grown == stacks:
                break
            carry, stacks = found[:size], grown
        return [*carry, *stacks]

    def cond(self, equation: Equation, sources: list[Found]) -> list[Found]:
        if sources[0] is None:
            return [None] * len(equation.outputs)
        found = [self.program(b, sources[1:]) for b in equation.params["branches"]]
        return [_highest(column) for column in zip(*found, strict=True)]


def _highest(found: Sequence[Found]) -> Found:
    """What holds for values of which any may be there."""
    known = [degree for degree in found if degree is not None]
    if len(known) < len(found):
        return None
    above, below = max(d.above for d in known), max(d.below for d in known)
    return Degree(above, below, all(d.fixed for d in known))


def _moved(equation: Equation, given: Sequence[Degree]) -> Found:
    """Elements moved or picked: positions and choices are no floats, so known only when fixed."""
    return _highest(given)


def _sum(equation: Equation, given: Sequence[Degree]) -> Degree:
    left, right = given
    above = max(left.above + right.below, right.above + left.below)
    return Degree(above, left.below + right.below)


def _product(equation: Equation, given: Sequence[Degree]) -> Degree:
    left, right = given
    return Degree(left.above + right.above, left.below + right.below)


def _quotient(equation: Equation, given: Sequence[Degree]) -> Degree:
    left, right = given
    return Degree(left.above + right.below, left.below + right.above)


def _power(equation: Equation, given: Sequence[Degree]) -> Degree:
    y = 2 if equation.primitive == "square" else equation.params["y"]
    above, below = given[0].above * abs(y), given[0].below * abs(y)
    return Degree(above, below) if y >= 0 else Degree(below, above)


def _summed(count: int, one: Degree) -> Degree:
    """A sum of so many, each with a divisor of its own."""
    return Degree(one.above + max(count - 1, 0) * one.below, count * one.below)


def _reduced(equation: Equation, given: Sequence[Degree]) -> Degree:
    return _summed(_folded(equation), given[0])


def _multiplied(equation: Equation, given: Sequence[Degree]) -> Degree:
    count = _folded(equation)
    return Degree(given[0].above * count, given[0].below * count)


def _folded(equation: Equation) -> int:
    """How many elements go into one of the result, at most."""
    axes: Any = equation.params.get("axes", (equation.params.get("axis"),))
    count = 1
    for axis in axes:
        count *= equation.inputs[0].type.shape[axis]
    return count


def _contracted(equation: Equation, given: Sequence[Degree]) -> Degree:
    (axes, _), _ = equation.params["dimension_numbers"]
    count = 1
    for axis in axes:
        count *= equation.inputs[0].type.shape[axis]
    return _summed(count, _product(equation, given))


_Rule = Callable[[Equation, Sequence[Degree]], Found]
_MOVING = """broadcast_in_dim concatenate convert_element_type copy dynamic_slice
dynamic_update_slice gather neg pad reshape rev scatter select_n slice split squeeze stack
stop_gradient transpose unstack""".split()
_RULES: Mapping[str, _Rule] = {
    **dict.fromkeys(_MOVING, _moved),
    "add": _sum,
    "add_any": _sum,
    "cumprod": _multiplied,
    "cumsum": _reduced,
    "div": _quotient,
    "dot_general": _contracted,
    "integer_pow": _power,
    "mul": _product,
    "reduce_prod": _multiplied,
    "reduce_sum": _reduced,
    "square": _power,
    "sub": _sum,
}

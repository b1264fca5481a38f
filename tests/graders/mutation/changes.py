"""What operators make of programs, for the tests of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from graders.jaxpr.decode import decode
from graders.jaxpr.encode import encode
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Array, Equation, Program
from graders.jaxpr.normalize import normalize
from graders.mutation.change import Change, Operator
from graders.mutation.sites import sites
from tests.graders.programs import traced

ONE = np.float32(1)


def normal(function: Callable[..., Any], *values: Any) -> Program:
    return normalize(traced(function, *values))


def only(program: Program, primitive: str) -> Equation:
    (found,) = [equation for equation in program.walk() if equation.primitive == primitive]
    return found


def labels(operator: Operator, equation: Equation) -> list[str]:
    return [change.label for change in operator(equation)]


def changed(program: Program, equation: Equation, change: Change) -> Program:
    """The program with the change made, once it has been over the wire."""
    for site in sites(program):
        if equation in site.program.equations:
            number = site.program.equations.index(equation)
            return decode(encode(site.replaced(number, change.equations)))
    raise AssertionError("the equation is not of this program")


def variants(operator: Operator, program: Program, primitive: str) -> dict[str, Program]:
    """What the operator makes of the only equation of a primitive, by label."""
    equation = only(program, primitive)
    return {change.label: changed(program, equation, change) for change in operator(equation)}


def run(program: Program, *values: Any) -> list[Array]:
    return Evaluator().prepare(program)([np.asarray(value) for value in values])


def gives(program: Program, *values: Any) -> Any:
    """The only result, as plain numbers."""
    (result,) = run(program, *values)
    return result.tolist()


def results(made: dict[str, Program], values: Sequence[Any]) -> dict[str, Any]:
    return {label: gives(program, *values) for label, program in made.items()}


class Negates:
    """An oracle for which every primitive is a change of sign."""

    def evaluate(self, equation: Equation, inputs: Sequence[Array]) -> tuple[Array, ...]:
        return (np.negative(inputs[0]),)

    def used(self) -> tuple[str, ...]:
        return ()

"""Changes to what goes where: two inputs, operands or results of one type exchanged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graders.jaxpr.model import Equation, Program, Variable
from graders.mutation.change import Change, rewired, swapped
from graders.mutation.loops import pairs


def swapped_loop_operands(equation: Equation) -> Iterator[Change]:
    """Two captured values, starting carries or scanned operands of one type exchanged."""
    for kind, first, last in _groups(equation):
        for left, right in pairs(equation.inputs, first, last):
            label = f"{kind} {left - first + 1} and {right - first + 1} swapped"
            changed = rewired(equation, *swapped(equation.inputs, left, right))
            yield Change(label, f"{label} among the operands", (changed,))


def _groups(equation: Equation) -> Iterator[tuple[str, int, int]]:
    params, count = equation.params, len(equation.inputs)
    if equation.primitive == "scan":
        first = params["num_consts"]
        second = first + params["num_carry"]
        yield from (("consts", 0, first), ("starts", first, second), ("xs", second, count))
    elif equation.primitive == "while":
        first = params["cond_nconsts"]
        second = first + params["body_nconsts"]
        yield from (("consts", first, second), ("starts", second, count))
    elif equation.primitive == "cond":
        yield "operands", 1, count


def swapped_inputs(program: Program) -> Iterator[tuple[str, str, Program]]:
    """Two arguments of one type exchanged: label, words, program."""
    for left, right in pairs(program.inputs, 0, len(program.inputs)):
        inputs: list[Variable] = list(program.inputs)
        inputs[left], inputs[right] = inputs[right], inputs[left]
        label = f"inputs {left + 1} and {right + 1}"
        words = f"{label} stand for each other"
        yield f"{label} swapped", words, replace(program, inputs=tuple(inputs))


def swapped_results(program: Program) -> Iterator[tuple[str, str, Program]]:
    """Two results of one type exchanged: label, words, program."""
    for left, right in pairs(program.outputs, 0, len(program.outputs)):
        label = f"results {left + 1} and {right + 1} swapped"
        yield label, label, replace(program, outputs=swapped(program.outputs, left, right))

"""Changes to numbers: literals, constants, exponents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from graders.jaxpr.arithmetic import KEY_PREFIX, NATIVE
from graders.jaxpr.model import Array, ArrayType, Atom, Equation, Literal, Program
from graders.mutation.change import Change, put, rewired, with_params


def others(value: Array, type: ArrayType) -> Iterator[tuple[str, Array]]:
    """Numbers near a literal's, each with what was done to get it; none of them twice.

    A float c becomes c+1, c/2, 2c, 0 and -c, an integer c+1 and c-1, a truth value its opposite.
    """
    seen = [value]
    for label, other in _candidates(value, type):
        if not any(np.array_equal(other, earlier) for earlier in seen):
            seen.append(other)
            yield label, other


def _candidates(value: Array, type: ArrayType) -> Iterator[tuple[str, Array]]:
    if type.dtype.startswith(KEY_PREFIX) or value.dtype.kind not in "biufc":
        return
    if value.dtype.kind == "b":
        yield "not c", np.logical_not(value)
    elif value.dtype.kind in "iu":
        limits = np.iinfo(value.dtype)
        for label, step in (("c+1", 1), ("c-1", -1)):
            moved = value.astype(object) + step
            if np.all((moved >= int(limits.min)) & (moved <= int(limits.max))):
                yield label, np.asarray(moved, value.dtype)
    else:
        yield from _floats(value, type)


def _floats(value: Array, type: ArrayType) -> Iterator[tuple[str, Array]]:
    settle = NATIVE.settle(type)
    with np.errstate(all="ignore"):
        made = {"c+1": value + 1, "c/2": value / 2, "2c": value * 2, "0": value * 0, "-c": -value}
    for label, other in made.items():
        stored = np.asarray(other, value.dtype)
        settled = stored if settle is None else np.asarray(settle(stored), value.dtype)
        if np.all(np.isfinite(settled)):
            yield label, settled


def other_literal(equation: Equation) -> Iterator[Change]:
    """A literal operand with another value."""
    for position, atom in enumerate(equation.inputs):
        for label, literal, detail in _other_literals(atom):
            changed = rewired(equation, *put(equation.inputs, position, literal))
            words = f"{detail} at the start of the carry" if _starts(equation, position) else detail
            yield Change(f"c->{label} in operand {position + 1}", words, (changed,))


def _starts(equation: Equation, position: int) -> bool:
    """Whether an operand is what the carry of a scan starts from."""
    if equation.primitive != "scan":
        return False
    first, carried = equation.params["num_consts"], equation.params["num_carry"]
    return position in range(first, first + carried)


def other_result(program: Program) -> Iterator[tuple[str, str, Program]]:
    """A literal that a program gives back, with another value: label, words, program."""
    for position, atom in enumerate(program.outputs):
        for label, literal, detail in _other_literals(atom):
            outputs = put(program.outputs, position, literal)
            changed = replace(program, outputs=outputs)
            yield f"c->{label} in result {position + 1}", detail, changed


def other_constant(program: Program) -> Iterator[tuple[str, str, Program]]:
    """A constant bound beside a program, with another value: label, words, program."""
    for position, (variable, value) in enumerate(program.constants):
        for label, other in others(value, variable.type):
            constants = list(program.constants)
            constants[position] = (variable, other)
            changed = replace(program, constants=tuple(constants))
            what = f"constant {position + 1}"
            yield f"c->{label} in {what}", f"{label} in the place of {what}", changed


def _other_literals(atom: Atom) -> Iterator[tuple[str, Literal, str]]:
    if isinstance(atom, Literal):
        for label, value in others(atom.value, atom.type):
            words = f"{_text(value)} in the place of {_text(atom.value)}"
            yield label, Literal(atom.type, value), words


def _text(value: Array) -> str:
    return str(value[()]) if not value.shape else f"an array of {value.size} numbers"


def other_exponent(equation: Equation) -> Iterator[Change]:
    """A whole power one higher, one lower, or of the other sign."""
    if equation.primitive == "square":
        cube = replace(equation, primitive="integer_pow", params={"y": 3})
        yield Change("square->power y+1", "the power 3 in the place of 2", (cube,))
    if equation.primitive != "integer_pow":
        return
    y = equation.params["y"]
    variants = {"y+1": y + 1, "y-1": y - 1, "-y": -y}
    for label, power in variants.items():
        whole = equation.outputs[0].type.dtype.startswith(("int", "uint"))
        if power != y and not (whole and power < 0):
            words = f"the power {power} in the place of {y}"
            yield Change(f"power y->{label}", words, (with_params(equation, y=power),))

"""A change to one equation, and what the operators that make them have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from graders.jaxpr.arithmetic import KEY_PREFIX
from graders.jaxpr.model import ArrayType, Atom, Equation, Literal, Variable
from graders.jaxpr.wireform import Malformed, raw_dtype


@dataclass(frozen=True, slots=True)
class Change:
    """Equations to put in the place of one, which bind what it bound.

    `label` is short and the same for every shape of a program, `detail` says it in words.
    """

    label: str
    detail: str
    equations: tuple[Equation, ...]


Operator = Callable[[Equation], Iterator[Change]]


def alike(left: Atom, right: Atom) -> bool:
    """Whether one may stand in the place of the other: the same dtype and shape."""
    return left.type.dtype == right.type.dtype and left.type.shape == right.type.shape


def same(left: Atom, right: Atom) -> bool:
    """Whether both are one variable, or literals of one value."""
    if isinstance(left, Literal) and isinstance(right, Literal):
        return alike(left, right) and left.value.tobytes() == right.value.tobytes()
    return left is right


def numeric(dtype: str) -> bool:
    """Whether a literal can be of this dtype; there are some that NumPy does not know, and keys."""
    try:
        raw_dtype(ArrayType(dtype))
    except Malformed:
        return False
    return not dtype.startswith(KEY_PREFIX)


def scalar(value: float, dtype: str) -> Literal:
    """A literal without axes, of a numeric dtype."""
    type = ArrayType(dtype)
    return Literal(type, np.asarray(value, raw_dtype(type)))


def renamed(equation: Equation, primitive: str, params: Mapping[str, Any] | None = None) -> Change:
    """Another primitive on the same operands."""
    changed = equation.params if params is None else params
    return Change(
        f"{equation.primitive}->{primitive}",
        f"{primitive} in the place of {equation.primitive}",
        (replace(equation, primitive=primitive, params=changed),),
    )


def rewired(equation: Equation, *inputs: Atom) -> Equation:
    """The equation on other operands."""
    return replace(equation, inputs=inputs)


def with_params(equation: Equation, **params: object) -> Equation:
    """The equation with some parameters changed."""
    return replace(equation, params={**equation.params, **params})


def copied(equation: Equation, atom: Atom) -> Equation:
    """What the equation bound is this value, and nothing is computed."""
    return Equation("copy", (atom,), equation.outputs, {}, equation.location)


def before(
    equation: Equation, primitive: str, atom: Atom, *others: Atom, **params: Any
) -> Equation:
    """A new equation on a value, of the value's type, to stand before the given one."""
    result = Variable(replace(atom.type, weak=False))
    return Equation(primitive, (atom, *others), (result,), params, equation.location)


def swapped(inputs: tuple[Atom, ...], first: int, second: int) -> tuple[Atom, ...]:
    """The atoms with two of them in each other's place."""
    order = list(inputs)
    order[first], order[second] = order[second], order[first]
    return tuple(order)


def put(inputs: tuple[Atom, ...], position: int, atom: Atom) -> tuple[Atom, ...]:
    """The atoms with one of them replaced."""
    return (*inputs[:position], atom, *inputs[position + 1 :])

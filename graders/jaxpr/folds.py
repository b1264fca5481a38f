"""Reductions whose computation is a program of its own: `lax.reduce` and `lax.reduce_window`.

The computation takes two scalars for each operand, what was combined so far and the next element.
JAX leaves open in which order elements come and how often the starting value does. Here elements
come in the order of their rows, the starting value first and once, and padding not at all; that is
how XLA has it on a CPU, where it does not take another order to be faster.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from graders.jaxpr.loops import Frame, Spend
from graders.jaxpr.model import Array, Equation
from graders.jaxpr.rules.rule import Call
from graders.jaxpr.rules.windows import Windows, extended, window_work

FOLDS = frozenset({"reduce", "reduce_window"})
Columns = list[Array]
# Combines what there is for each result with one more element each, all laid flat.
Combine = Callable[[Columns, Columns], Columns]


def copies(equation: Equation) -> int:
    """For how many elements at once an equation runs the programs in its parameters."""
    if equation.primitive not in FOLDS:
        return 1
    return max((variable.type.size for variable in equation.outputs), default=1)


def work(equation: Equation) -> int:
    """The work beside that of the computation itself."""
    return window_work(equation) if equation.primitive == "reduce_window" else 0


def together(frame: Frame, spend: Spend) -> Combine:
    """Combining by a frame prepared for as many elements at once as there are results."""

    def combine(totals: Columns, elements: Columns) -> Columns:
        spend(frame.width)
        return frame.run([*totals, *elements])

    return combine


def one_by_one(frame: Frame, spend: Spend) -> Combine:
    """Combining by a frame for scalars."""

    def combine(totals: Columns, elements: Columns) -> Columns:
        found = [np.empty_like(total) for total in totals]
        for number, values in enumerate(zip(*totals, *elements, strict=True)):
            spend(frame.width)
            for column, value in zip(found, frame.run(values), strict=True):
                column[number] = np.asarray(value).item()
        return found

    return combine


def fold(equation: Equation, combine: Combine) -> Call:
    """The reduction, given how elements are combined."""
    shape, count = equation.outputs[0].type.shape, len(equation.outputs)
    size = math.prod(shape)
    walk = _windows(equation) if equation.primitive == "reduce_window" else _axes(equation)
    if equation.primitive == "reduce" and equation.inputs[0].type.size == size:
        # XLA takes this for no reduction at all, and the starting value for one without effect.
        return lambda *inputs: [np.reshape(x, shape) for x in inputs[:count]]

    def call(*inputs: Array) -> list[Array]:
        starts = inputs[count:]
        totals: Columns = [np.broadcast_to(start, (size,)) for start in starts]
        for inside, elements in walk(inputs[:count], starts):
            combined = combine(totals, elements)
            if inside is not None:
                pairs = zip(combined, totals, strict=True)
                combined = [np.where(inside, new, old) for new, old in pairs]
            totals = combined
        return [total.reshape(shape) for total in totals]

    return call


# The elements that come next for each result, and for which of them there is one; None for all.
Walk = Callable[[Sequence[Array], Sequence[Array]], Iterable[tuple[Array | None, Columns]]]


def _axes(equation: Equation) -> Walk:
    shape, axes = equation.inputs[0].type.shape, sorted(equation.params["dimensions"])
    order = [*axes, *(axis for axis in range(len(shape)) if axis not in axes)]
    steps = math.prod(shape[axis] for axis in axes)
    size = equation.outputs[0].type.size

    def walk(
        operands: Sequence[Array], starts: Sequence[Array]
    ) -> Iterator[tuple[Array | None, Columns]]:
        rows = [x.transpose(order).reshape(steps, size) for x in operands]
        for step in range(steps):
            yield None, [row[step] for row in rows]

    return walk


def _windows(equation: Equation) -> Walk:
    windows = Windows.of(equation, equation.inputs[0].type.shape, equation.outputs[0].type.shape)

    def walk(
        operands: Sequence[Array], starts: Sequence[Array]
    ) -> Iterator[tuple[Array | None, Columns]]:
        flat = [extended(x, start) for x, start in zip(operands, starts, strict=True)]
        for numbers in windows.numbers():
            inside = numbers >= 0
            yield None if inside.all() else inside, [x[numbers] for x in flat]

    return walk

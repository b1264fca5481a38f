"""Changes to where elements are taken from and put: axes, starts, order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from graders.jaxpr.model import Equation, Literal
from graders.mutation.change import (
    Change,
    before,
    numeric,
    put,
    rewired,
    same,
    scalar,
    swapped,
    with_params,
)

_STARTS = {"dynamic_slice": 1, "dynamic_update_slice": 2}
_SINGLE = ("gather", "scatter", "scatter-add", "scatter-mul", "scatter-min", "scatter-max")
_JOINED = ("concatenate", "stack")


def other_order(equation: Equation) -> Iterator[Change]:
    """Neighbouring parts of what is joined, in each other's place."""
    for first in range(len(equation.inputs) - 1 if equation.primitive in _JOINED else 0):
        if not same(*equation.inputs[first : first + 2]):
            changed = rewired(equation, *swapped(equation.inputs, first, first + 1))
            label = f"parts {first + 1} and {first + 2} swapped"
            yield Change(label, f"{label} in what is joined", (changed,))


def other_joined_axis(equation: Equation) -> Iterator[Change]:
    """Parts joined along another axis, where the result keeps its shape."""
    if equation.primitive == "concatenate":
        shapes = [list(atom.type.shape) for atom in equation.inputs]
        for axis in range(len(shapes[0])):
            joined = [max(column) for column in zip(*shapes, strict=True)]
            joined[axis] = sum(shape[axis] for shape in shapes)
            fits = all(_same_but(shape, shapes[0], axis) for shape in shapes)
            if fits and tuple(joined) == equation.outputs[0].type.shape:
                yield from _axis(equation, "dimension", equation.params["dimension"], axis)


def _same_but(left: Sequence[int], right: Sequence[int], axis: int) -> bool:
    return all(a == b for n, (a, b) in enumerate(zip(left, right, strict=True)) if n != axis)


def _axis(equation: Equation, key: str, old: int, new: int) -> Iterator[Change]:
    if old != new:
        words = f"along axis {new} in the place of axis {old}"
        changed = with_params(equation, **{key: new})
        yield Change(f"{equation.primitive} axis {old}->{new}", words, (changed,))


def other_flip(equation: Equation) -> Iterator[Change]:
    """An array turned round along another axis."""
    if equation.primitive == "rev":
        flipped = equation.params["dimensions"]
        for axis in flipped:
            for other in range(len(equation.outputs[0].type.shape)):
                if other not in flipped:
                    moved = tuple(sorted(other if a == axis else a for a in flipped))
                    changed = with_params(equation, dimensions=moved)
                    words = f"turned along axis {other} in the place of axis {axis}"
                    yield Change(f"rev axis {axis}->{other}", words, (changed,))


def other_transposition(equation: Equation) -> Iterator[Change]:
    """Two axes of one extent that change places in a transposed array."""
    if equation.primitive == "transpose":
        order, shape = equation.params["permutation"], equation.outputs[0].type.shape
        for left, right in combinations(range(len(shape)), 2):
            if shape[left] == shape[right]:
                moved = list(order)
                moved[left], moved[right] = order[right], order[left]
                changed = with_params(equation, permutation=tuple(moved))
                label = f"transposed axes {left} and {right} swapped"
                yield Change(label, label, (changed,))


def other_broadcast(equation: Equation) -> Iterator[Change]:
    """An array repeated along another axis of the same extent: rows for columns."""
    if equation.primitive == "broadcast_in_dim":
        shape, places = equation.outputs[0].type.shape, equation.params["broadcast_dimensions"]
        for number, place in enumerate(places):
            for other in range(len(shape)):
                moved = (*places[:number], other, *places[number + 1 :])
                fits = shape[other] == shape[place] and list(moved) == sorted(set(moved))
                if fits and other != place:
                    changed = with_params(equation, broadcast_dimensions=moved)
                    words = f"repeated with its axis {number} at {other} in the place of {place}"
                    yield Change(f"broadcast {place}->{other}", words, (changed,))


def other_start(equation: Equation) -> Iterator[Change]:
    """A slice one element earlier or later, where the array reaches that far."""
    if equation.primitive != "slice":
        return
    starts, limits = equation.params["start_indices"], equation.params["limit_indices"]
    for axis, extent in enumerate(equation.inputs[0].type.shape):
        for step in (1, -1):
            start, limit = starts[axis] + step, limits[axis] + step
            if start >= 0 and limit <= extent:
                moved = with_params(
                    equation,
                    start_indices=(*starts[:axis], start, *starts[axis + 1 :]),
                    limit_indices=(*limits[:axis], limit, *limits[axis + 1 :]),
                )
                label = f"slice start {step:+} on axis {axis}"
                yield Change(label, f"a slice from {start} on axis {axis}", (moved,))


def other_index(equation: Equation) -> Iterator[Change]:
    """A computed position one higher or lower; those that are literals change as numbers do."""
    first = _STARTS.get(equation.primitive, 1)
    last = len(equation.inputs) if equation.primitive in _STARTS else first
    positions = [1] if equation.primitive in _SINGLE else range(first, last)
    for number, position in enumerate(positions, 1):
        atom = equation.inputs[position]
        if isinstance(atom, Literal) or not numeric(atom.type.dtype):
            continue
        one = scalar(1, atom.type.dtype)
        for primitive, sign in (("add", "+1"), ("sub", "-1")):
            shift = before(equation, primitive, atom, one)
            moved = replace(equation, inputs=put(equation.inputs, position, shift.outputs[0]))
            label = f"{equation.primitive} index {number} {sign}"
            yield Change(label, f"position {number} {sign}", (shift, moved))


def other_padding(equation: Equation) -> Iterator[Change]:
    """A padded array one element further along an axis that is padded."""
    if equation.primitive == "pad":
        config = equation.params["padding_config"]
        for axis, (low, high, inner) in enumerate(config):
            for step in (1, -1) if low or high else ():
                place = (low + step, high - step, inner)
                moved = (*config[:axis], place, *config[axis + 1 :])
                changed = with_params(equation, padding_config=moved)
                words = f"padded with {low + step} before and {high - step} after"
                yield Change(f"pad {step:+} on axis {axis}", words, (changed,))


def other_contraction(equation: Equation) -> Iterator[Change]:
    """A product summed over another axis of the same extent, where the result keeps its shape."""
    if equation.primitive != "dot_general":
        return
    (left, right), batch = equation.params["dimension_numbers"]
    for side in (0, 1):
        contracted = (left, right)[side]
        shape = equation.inputs[side].type.shape
        for number, axis in enumerate(contracted):
            for other in range(len(shape)):
                moved = (*contracted[:number], other, *contracted[number + 1 :])
                sides = (moved, right) if side == 0 else (left, moved)
                free = other not in contracted and other not in batch[side]
                if free and _fits(equation, side, axis, other, moved):
                    changed = with_params(equation, dimension_numbers=(sides, batch))
                    label = f"dot_general side {side + 1} axis {axis}->{other}"
                    words = f"summed over axis {other} of factor {side + 1}, not {axis}"
                    yield Change(label, words, (changed,))


def _fits(equation: Equation, side: int, axis: int, other: int, moved: Sequence[int]) -> bool:
    """Whether a factor summed over other axes leaves the free ones of the same extents."""
    batch = equation.params["dimension_numbers"][1][side]
    contracted = equation.params["dimension_numbers"][0][side]
    shape = equation.inputs[side].type.shape
    old = [n for a, n in enumerate(shape) if a not in contracted and a not in batch]
    new = [n for a, n in enumerate(shape) if a not in moved and a not in batch]
    return shape[axis] == shape[other] and old == new

"""Changes to reductions and running reductions: another kind, another axis, the other direction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graders.jaxpr.arithmetic import is_float
from graders.jaxpr.model import Equation, Variable
from graders.mutation.change import Change, numeric, renamed, scalar, with_params

_KINDS = (
    ("reduce_sum", "reduce_max", "reduce_min", "reduce_prod"),
    ("reduce_and", "reduce_or", "reduce_xor"),
    ("argmax", "argmin"),
    ("cumsum", "cummax", "cummin", "cumprod"),
)
_OVER_AXES = frozenset({*_KINDS[0], *_KINDS[1], *_KINDS[2]})
_RUNNING = frozenset({*_KINDS[3], "cumlogsumexp"})
_ORDERED = ("max", "min")


def other_reduction(equation: Equation) -> Iterator[Change]:
    """A sum for a product, a largest or a smallest, and so on within each family."""
    group = next((kinds for kinds in _KINDS if equation.primitive in kinds), ())
    unordered = group and equation.inputs[0].type.dtype.startswith("complex")
    for kind in group:
        if kind != equation.primitive and not (unordered and kind.endswith(_ORDERED)):
            yield renamed(equation, kind)


def mean_for_sum(equation: Equation) -> Iterator[Change]:
    """A sum divided by how many numbers it adds."""
    result = equation.outputs[0]
    dtype = result.type.dtype
    if equation.primitive != "reduce_sum" or not (is_float(dtype) and numeric(dtype)):
        return
    count = equation.inputs[0].type.size // max(result.type.size, 1)
    if count > 1:
        total = Variable(result.type)
        divisor = scalar(count, dtype)
        division = Equation("div", (total, divisor), (result,), {}, equation.location)
        changed = (replace(equation, outputs=(total,)), division)
        yield Change("reduce_sum->mean", f"a mean of {count} in the place of a sum", changed)


def other_direction(equation: Equation) -> Iterator[Change]:
    """A running reduction from the other end."""
    if equation.primitive in _RUNNING:
        changed = with_params(equation, reverse=not equation.params["reverse"])
        label = f"{equation.primitive} reversed"
        yield Change(label, "from the other end", (changed,))


def other_axis(equation: Equation) -> Iterator[Change]:
    """Another axis of the same extent to reduce, where the result keeps its shape."""
    if equation.primitive not in _OVER_AXES:
        return
    shape, axes = equation.inputs[0].type.shape, equation.params["axes"]
    for axis in axes:
        for other in range(len(shape)):
            moved = tuple(other if a == axis else a for a in axes)
            if other not in axes and _without(shape, moved) == equation.outputs[0].type.shape:
                yield _moved(equation, axis, other, {"axes": tuple(sorted(moved))})


def other_running_axis(equation: Equation) -> Iterator[Change]:
    """Another axis to run, sort or count along: the result keeps its shape whatever it is."""
    key = "axis" if equation.primitive in _RUNNING else "dimension"
    if equation.primitive in _RUNNING or equation.primitive in ("sort", "iota"):
        axis = equation.params[key]
        for other in range(len(equation.outputs[0].type.shape)):
            if other != axis:
                yield _moved(equation, axis, other, {key: other})


def _without(shape: Sequence[int], axes: Sequence[int]) -> tuple[int, ...]:
    return tuple(extent for axis, extent in enumerate(shape) if axis not in axes)


def _moved(equation: Equation, axis: int, other: int, params: Mapping[str, Any]) -> Change:
    label = f"{equation.primitive} axis {axis}->{other}"
    words = f"axis {other} in the place of axis {axis}"
    return Change(label, words, (with_params(equation, **params),))

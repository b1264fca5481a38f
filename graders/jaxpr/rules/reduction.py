"""Reductions, running reductions, positions of extremes, and sorting."""

from __future__ import annotations

import numpy as np

from graders.jaxpr.arithmetic import Arithmetic, NotExact
from graders.jaxpr.model import Array, Equation
from graders.jaxpr.rules.logic import total_order
from graders.jaxpr.rules.rule import Call, Rule, reads, reads_sorted


def lowest(dtype: np.dtype[np.generic]) -> object:
    """The neutral element of `max`."""
    if dtype.kind == "O":
        raise NotExact("the largest of no numbers")
    if dtype.kind == "b":
        return False
    return np.iinfo(dtype).min if dtype.kind in "iu" else -np.inf  # type: ignore[type-var]


def highest(dtype: np.dtype[np.generic]) -> object:
    """The neutral element of `min`."""
    if dtype.kind == "O":
        raise NotExact("the smallest of no numbers")
    if dtype.kind == "b":
        return True
    return np.iinfo(dtype).max if dtype.kind in "iu" else np.inf  # type: ignore[type-var]


def _reduce(ufunc: np.ufunc) -> Rule:
    def prepare(equation: Equation, arithmetic: Arithmetic) -> Call:
        axes = tuple(equation.params["axes"])
        dtype = arithmetic.storage(equation.outputs[0].type.dtype)
        reduce = ufunc.reduce
        return lambda x: reduce(x, axes, dtype)

    return Rule(prepare, exact=True, work=reads)


def _extreme(ufunc: np.ufunc, neutral: Call) -> Rule:
    def prepare(equation: Equation, arithmetic: Arithmetic) -> Call:
        axes, shape = tuple(equation.params["axes"]), equation.inputs[0].type.shape
        dtype = arithmetic.storage(equation.outputs[0].type.dtype)
        reduce = ufunc.reduce
        if all(shape[axis] for axis in axes):
            return lambda x: reduce(x, axes)
        fill = neutral(dtype)
        return lambda x: reduce(x, axes, initial=fill)

    return Rule(prepare, exact=True, work=reads)


def _position(find: Call) -> Rule:
    def prepare(equation: Equation, arithmetic: Arithmetic) -> Call:
        (axis,) = equation.params["axes"]
        dtype = arithmetic.storage(equation.outputs[0].type.dtype)
        return lambda x: find(x, axis).astype(dtype)

    return Rule(prepare, exact=True, work=reads)


def _cumulative(ufunc: np.ufunc, *, exact: bool = True) -> Rule:
    def prepare(equation: Equation, arithmetic: Arithmetic) -> Call:
        axis = equation.params["axis"]
        dtype = arithmetic.storage(equation.outputs[0].type.dtype)
        accumulate = ufunc.accumulate
        if not equation.params["reverse"]:
            return lambda x: accumulate(x, axis, dtype)
        return lambda x: np.flip(accumulate(np.flip(x, axis), axis, dtype), axis)

    return Rule(prepare, exact=exact, work=reads)


def _prepare_sort(equation: Equation, arithmetic: Arithmetic) -> Call:
    axis, keys = equation.params["dimension"], equation.params["num_keys"]

    def call(*operands: Array) -> list[Array]:
        order = np.lexsort(operands[keys - 1 :: -1] if keys > 1 else operands[:1], axis)
        return [np.take_along_axis(operand, order, axis) for operand in operands]

    if len(equation.inputs) > 1:
        return call
    return lambda x: [np.sort(x, axis, "stable")]


def _prepare_top_k(equation: Equation, arithmetic: Arithmetic) -> Call:
    k, axis = equation.params["k"], equation.params.get("axis", -1)
    extent = equation.inputs[0].type.shape[axis]
    dtype = arithmetic.storage(equation.outputs[1].type.dtype)

    def call(x: Array) -> list[Array]:
        rising = np.argsort(np.flip(total_order(x), axis), axis, "stable")
        order = (extent - 1 - np.flip(rising, axis)).take(range(k), axis)
        return [np.take_along_axis(x, order, axis), order.astype(dtype)]

    return call


RULES: dict[str, Rule] = {
    "argmax": _position(np.argmax),
    "argmin": _position(np.argmin),
    "cumlogsumexp": _cumulative(np.logaddexp, exact=False),
    "cummax": _cumulative(np.maximum),
    "cummin": _cumulative(np.minimum),
    "cumprod": _cumulative(np.multiply),
    "cumsum": _cumulative(np.add),
    "reduce_and": _reduce(np.bitwise_and),
    "reduce_max": _extreme(np.maximum, lowest),
    "reduce_min": _extreme(np.minimum, highest),
    "reduce_or": _reduce(np.bitwise_or),
    "reduce_prod": _reduce(np.multiply),
    "reduce_sum": _reduce(np.add),
    "reduce_xor": _reduce(np.bitwise_xor),
    "sort": Rule(_prepare_sort, exact=True, several=True, work=reads_sorted),
    "top_k": Rule(_prepare_top_k, exact=True, several=True, work=reads_sorted),
}

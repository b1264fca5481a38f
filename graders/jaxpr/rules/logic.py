"""Comparisons, choice, and operations on the bits of integers."""

from __future__ import annotations

import numpy as np

from graders.jaxpr.arithmetic import Arithmetic
from graders.jaxpr.model import Array, Equation
from graders.jaxpr.rules.rule import Call, Rule, elementwise, plain


def total_order(x: Array) -> Array:
    """Integers in the total order of IEEE 754: -nan, -inf, ..., -0, +0, ..., inf, nan."""
    if x.dtype.kind != "f":
        return x
    bits = x.view(f"i{x.dtype.itemsize}")
    return np.where(bits < 0, bits ^ np.iinfo(bits.dtype).max, bits)


def _in_total_order(compare: Call) -> Rule:
    def prepare(equation: Equation, arithmetic: Arithmetic) -> Call:
        elementwise(equation)
        if arithmetic.storage(equation.inputs[0].type.dtype).kind == "f":
            return lambda x, y: compare(total_order(x), total_order(y))
        return compare

    return Rule(prepare, exact=True)


def _prepare_select(equation: Equation, arithmetic: Arithmetic) -> Call:
    elementwise(equation)
    if len(equation.inputs) == 2:
        return lambda which, case: case
    if equation.inputs[0].type.dtype == "bool":
        return lambda which, no, yes: np.where(which, yes, no)
    return _select_many


def _select_many(which: Array, *cases: Array) -> Array:
    result = cases[0]
    for number, case in enumerate(cases[1:], 1):
        result = np.where(which >= number, case, result)
    return result


def _unsigned(x: Array) -> Array:
    return x.view(f"u{x.dtype.itemsize}") if x.dtype.kind == "i" else x


def _signed(x: Array) -> Array:
    return x.view(f"i{x.dtype.itemsize}") if x.dtype.kind == "u" else x


def _shift_right_logical(x: Array, y: Array) -> Array:
    return np.right_shift(_unsigned(x), _unsigned(y)).view(x.dtype)


def _shift_right_arithmetic(x: Array, y: Array) -> Array:
    return np.right_shift(_signed(x), _signed(y)).view(x.dtype)


def _population_count(x: Array) -> Array:
    return np.bitwise_count(_unsigned(x)).astype(x.dtype)


def _count_leading_zeros(x: Array) -> Array:
    bits = _unsigned(x)
    width = bits.dtype.itemsize * 8
    step = 1
    while step < width:
        bits = bits | np.right_shift(bits, bits.dtype.type(step))
        step *= 2
    return (width - np.bitwise_count(bits)).astype(x.dtype)


def _multiply_high(x: Array, y: Array) -> Array:
    product = np.multiply(np.asarray(x, dtype=object), np.asarray(y, dtype=object))
    return np.asarray(product >> x.dtype.itemsize * 8, dtype=object).astype(x.dtype)


RULES: dict[str, Rule] = {
    "and": plain(np.bitwise_and),
    "clz": plain(_count_leading_zeros),
    "eq": plain(np.equal, exact=True),
    "eq_to": _in_total_order(np.equal),
    "ge": plain(np.greater_equal, exact=True),
    "gt": plain(np.greater, exact=True),
    "le": plain(np.less_equal, exact=True),
    "le_to": _in_total_order(np.less_equal),
    "lt": plain(np.less, exact=True),
    "lt_to": _in_total_order(np.less),
    "mulhi": plain(_multiply_high),
    "ne": plain(np.not_equal, exact=True),
    "not": plain(np.invert),
    "or": plain(np.bitwise_or),
    "population_count": plain(_population_count),
    "select_n": Rule(_prepare_select, exact=True),
    "shift_left": plain(np.left_shift),
    "shift_right_arithmetic": plain(_shift_right_arithmetic),
    "shift_right_logical": plain(_shift_right_logical),
    "xor": plain(np.bitwise_xor),
}

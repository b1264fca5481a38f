"""Arithmetic on elements: sums, products, quotients, powers, rounding.

Definitions: the operations of the same names in the StableHLO specification.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from graders.jaxpr.arithmetic import Arithmetic, NotExact
from graders.jaxpr.model import Array, Equation
from graders.jaxpr.rules.rule import Call, Rule, by_kind, elementwise, plain

_EXACT_POWER = 64


def _multiply(equation: Equation, arithmetic: Arithmetic) -> Call:
    elementwise(equation)
    source, target = equation.inputs[0].type.dtype, equation.outputs[0].type.dtype
    if source == target:
        return np.multiply
    dtype = arithmetic.storage(target)
    return lambda x, y: np.multiply(x, y, dtype=dtype, casting="unsafe")


def _divide_integers(x: Array, y: Array) -> Array:
    quotient = np.floor_divide(x - np.fmod(x, y), y)
    return np.where(y == 0, np.array(-1).astype(quotient.dtype), quotient)


def _remainder_integers(x: Array, y: Array) -> Array:
    return np.where(y == 0, x, np.fmod(x, y))


def _remainder_fractions(x: Array, y: Array) -> Array:
    return np.asarray(x - np.trunc(np.true_divide(x, y)) * y)


def _sign(x: Array) -> Array:
    return np.copysign(np.sign(x), x) if np.isrealobj(x) else np.sign(x)


def _round_half_away(x: Array) -> Array:
    whole = np.trunc(x)
    return np.asarray(whole + np.sign(x) * (np.absolute(x - whole) >= 0.5))


def _prepare_round(equation: Equation, arithmetic: Arithmetic) -> Call:
    if equation.params["rounding_method"] == "away_from_zero":
        return _round_half_away
    return np.frompyfunc(round, 1, 1) if arithmetic.exact else np.rint


def _prepare_integer_pow(equation: Equation, arithmetic: Arithmetic) -> Call:
    y = int(equation.params["y"])
    if arithmetic.exact and abs(y) > _EXACT_POWER:
        raise NotExact(f"a power as large as {y}")
    if y == 2:
        return np.square
    one = np.ones((), arithmetic.storage(equation.outputs[0].type.dtype))
    return lambda x: (
        np.true_divide(one, _by_squaring(x, -y, one)) if y < 0 else _by_squaring(x, y, one)
    )


def _by_squaring(x: Array, y: int, one: Array) -> Array:
    result = one if y else np.broadcast_to(one, np.shape(x))
    while y:
        if y & 1:
            result = result * x
        y >>= 1
        if y:
            x = x * x
    return result


def _prepare_pow(equation: Equation, arithmetic: Arithmetic) -> Call:
    elementwise(equation)
    if arithmetic.exact:
        return np.frompyfunc(_power_of_fraction, 2, 1)
    dtype = arithmetic.storage(equation.outputs[0].type.dtype)
    return lambda x, y: np.power(x, np.asarray(y, dtype))


def _power_of_fraction(x: Fraction, y: Fraction) -> Fraction:
    exponent = int(y)
    if exponent != y or abs(exponent) > _EXACT_POWER:
        raise NotExact("a power that is not a small integer")
    return x**exponent


def _one_minus_square(x: Array) -> Array:
    return np.asarray((1 + x) * (1 - x))


def _polynomial(x: Array, *coefficients: Array) -> Array:
    result = coefficients[-1]
    for coefficient in coefficients[-2::-1]:
        result = result * x + coefficient
    return np.asarray(result)


def _everywhere_finite(x: Array) -> Array:
    return np.ones(np.shape(x), dtype=bool)


def _clamp(low: Array, x: Array, high: Array) -> Array:
    return np.asarray(np.minimum(np.maximum(x, low), high))


RULES: dict[str, Rule] = {
    "abs": plain(np.absolute, exact=True),
    "add": plain(np.add, exact=True),
    "add_any": plain(np.add, exact=True),
    "ceil": plain(np.ceil, exact=True),
    "clamp": plain(_clamp, exact=True),
    "div": by_kind(np.true_divide, _divide_integers, np.true_divide),
    "floor": plain(np.floor, exact=True),
    "integer_pow": Rule(_prepare_integer_pow, exact=True),
    "is_finite": by_kind(np.isfinite, np.isfinite, _everywhere_finite),
    "max": plain(np.maximum, exact=True),
    "min": plain(np.minimum, exact=True),
    "mul": Rule(_multiply, exact=True),
    "neg": plain(np.negative, exact=True),
    "one_minus_square": plain(_one_minus_square, exact=True),
    "polynomial": plain(_polynomial, exact=True),
    "pow": Rule(_prepare_pow, exact=True),
    "rem": by_kind(np.fmod, _remainder_integers, _remainder_fractions),
    "round": Rule(_prepare_round, exact=True),
    "sign": by_kind(_sign, np.sign, np.sign),
    "square": plain(np.square, exact=True),
    "sub": plain(np.subtract, exact=True),
}

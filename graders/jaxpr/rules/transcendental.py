"""Exponentials, logarithms, roots, trigonometric and special functions; none is ever exact."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from graders.jaxpr.model import Array
from graders.jaxpr.rules.rule import Call, Rule, plain


def _rsqrt(x: Array) -> Array:
    return np.asarray(1 / np.sqrt(x))


def _logistic(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-x)))


def _by_element(function: Callable[[float], float]) -> Call:
    apply = np.frompyfunc(function, 1, 1)

    def call(x: Array) -> Array:
        return np.asarray(apply(x), dtype=x.dtype)

    return call


def _lgamma(x: float) -> float:
    if x == -math.inf or (x <= 0 and x == math.floor(x)):
        return math.inf
    return math.lgamma(x)


def _digamma(x: float) -> float:
    """Recurrence up to 10, then the asymptotic series (Abramowitz and Stegun 6.3.5, 6.3.18)."""
    if math.isnan(x) or x == -math.inf or (x <= 0 and x == math.floor(x)):
        return math.copysign(math.inf, -x) if x == 0 else math.nan
    if x < 0:
        return _digamma(1 - x) - math.pi / math.tan(math.pi * x)
    shift = 0.0
    while x < 10:
        shift -= 1 / x
        x += 1
    square = 1 / (x * x)
    series = 0.0
    for coefficient in (-1 / 12, 691 / 32760, -1 / 132, 1 / 240, -1 / 252, 1 / 120, -1 / 12):
        series = (series + coefficient) * square
    return shift + math.log(x) - 0.5 / x + series


def _erf_inv(x: float) -> float:
    """Winitzki's approximation, then Newton's method on `erfc`, which keeps digits near one."""
    tail = 1 - abs(x)
    if not 0 < tail < 1:
        return x if tail == 1 else math.copysign(math.inf, x) if tail == 0 else math.nan
    log = math.log(tail * (1 + abs(x)))
    a = 2 / (math.pi * 0.147) + log / 2
    guess = math.sqrt(max(math.sqrt(a * a - log / 0.147) - a, 0.0))
    for _ in range(4):
        error = math.erfc(guess) - tail if abs(x) > 0.5 else abs(x) - math.erf(guess)
        guess += error * math.sqrt(math.pi) / 2 * math.exp(guess * guess)
    return math.copysign(guess, x)


RULES: dict[str, Rule] = {
    "acos": plain(np.arccos),
    "acosh": plain(np.arccosh),
    "asin": plain(np.arcsin),
    "asinh": plain(np.arcsinh),
    "atan": plain(np.arctan),
    "atan2": plain(np.arctan2),
    "atanh": plain(np.arctanh),
    "cbrt": plain(np.cbrt),
    "cos": plain(np.cos),
    "cosh": plain(np.cosh),
    "digamma": plain(_by_element(_digamma)),
    "erf": plain(_by_element(math.erf)),
    "erf_inv": plain(_by_element(_erf_inv)),
    "erfc": plain(_by_element(math.erfc)),
    "exp": plain(np.exp),
    "exp2": plain(np.exp2),
    "expm1": plain(np.expm1),
    "lgamma": plain(_by_element(_lgamma)),
    "log": plain(np.log),
    "log1p": plain(np.log1p),
    "log2": plain(np.log2),
    "logistic": plain(_logistic),
    "rsqrt": plain(_rsqrt),
    "sin": plain(np.sin),
    "sinh": plain(np.sinh),
    "sqrt": plain(np.sqrt),
    "tan": plain(np.tan),
    "tanh": plain(np.tanh),
}

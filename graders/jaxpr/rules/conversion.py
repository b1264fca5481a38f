"""Changes of element type, and functions of the bits of a float.

The bits of a float are those of its declared type, whatever type it is stored in.
"""

from __future__ import annotations

import numpy as np

from graders.jaxpr.arithmetic import Arithmetic, NotExact, as_fractions, is_float
from graders.jaxpr.model import Array, Equation
from graders.jaxpr.rules.rule import Call, Rule, elementwise

_FORMATS = {"bfloat16": (8, 7), "float16": (5, 10), "float32": (8, 23), "float64": (11, 52)}


def _prepare_convert(equation: Equation, arithmetic: Arithmetic) -> Call:
    source, target = equation.inputs[0].type.dtype, equation.outputs[0].type.dtype
    dtype = arithmetic.storage(target)
    if source == target:
        return np.asarray
    if arithmetic.exact and is_float(source):
        return _fractions_to(target, dtype)
    if arithmetic.exact and is_float(target):
        return as_fractions
    if is_float(source) and dtype.kind in "iu":
        return lambda x: _to_integer(x, dtype)
    if source.startswith("complex") and dtype.kind not in "bc":
        return lambda x: x.real.astype(dtype)
    return lambda x: x.astype(dtype)


def _to_integer(x: Array, dtype: np.dtype[np.generic]) -> Array:
    """Truncation that saturates; nan gives zero."""
    wide = np.nan_to_num(np.asarray(x, np.float64), nan=0.0)
    limits = np.iinfo(dtype)  # type: ignore[type-var]
    above, below = wide >= float(limits.max), wide <= float(limits.min)
    inside = np.where(above | below, 0.0, wide).astype(dtype)
    return np.where(above, dtype.type(limits.max), np.where(below, dtype.type(limits.min), inside))


def _fractions_to(target: str, dtype: np.dtype[np.generic]) -> Call:
    if is_float(target):
        return np.asarray
    if target == "bool":
        return lambda x: np.not_equal(x, 0)
    if dtype.kind not in "iu":
        raise NotExact(f"a conversion to {target}")
    limits = np.iinfo(dtype)  # type: ignore[type-var]

    def call(x: Array) -> Array:
        whole = np.minimum(np.maximum(np.trunc(x), int(limits.min)), int(limits.max))
        return np.asarray(whole, dtype=object).astype(dtype)

    return call


def encode(x: Array, dtype: str) -> Array:
    """The value laid out as its declared type; bfloat16 as uint16, bool as uint8."""
    values = np.asarray(x)
    half = dtype == "bfloat16"
    laid_out = values.astype(np.uint8 if dtype == "bool" else np.float32 if half else dtype)
    if half:
        laid_out = np.asarray(laid_out.view(np.uint32) & np.uint32(0xFFFF0000)).view(np.float32)
    if values.dtype == object and np.any(as_fractions(laid_out) != values):
        raise NotExact(f"the bits of a number that is not a {dtype}")
    return np.asarray(laid_out.view(np.uint32) >> 16, np.uint16) if half else laid_out


def decode(bits: Array, dtype: str, arithmetic: Arithmetic) -> Array:
    """The opposite of `encode`, as the arithmetic stores it."""
    if dtype == "bfloat16":
        bits = (bits.view(np.uint16).astype(np.uint32) << 16).view(np.float32)
    else:
        bits = bits.view(np.dtype(dtype))
    if arithmetic.exact and is_float(dtype):
        return as_fractions(bits)
    return bits.astype(arithmetic.storage(dtype))


def _prepare_bitcast(equation: Equation, arithmetic: Arithmetic) -> Call:
    source, target = equation.inputs[0].type.dtype, equation.outputs[0].type
    old, new = (2 if t == "bfloat16" else np.dtype(t).itemsize for t in (source, target.dtype))

    def call(x: Array) -> Array:
        bits = np.ascontiguousarray(encode(x, source))
        narrow = bits if old >= new else bits.reshape(*bits.shape[:-1], -1)
        unit = np.dtype(f"u{new}")
        flat = narrow.reshape(-1).view(unit).reshape(target.shape)
        return decode(flat, target.dtype, arithmetic)

    return call


def _prepare_nextafter(equation: Equation, arithmetic: Arithmetic) -> Call:
    elementwise(equation)
    declared = equation.outputs[0].type.dtype
    dtype = arithmetic.storage(declared)
    if declared == "bfloat16":
        return _next_bfloat16
    step = np.dtype(declared)
    return lambda x, y: np.nextafter(x.astype(step), y.astype(step)).astype(dtype)


def _next_bfloat16(x: Array, y: Array) -> Array:
    bits = np.asarray(x, np.float32).view(np.int32)
    away = np.where((x > 0) == (y > x), 0x10000, -0x10000)
    tiny = np.where(y > 0, 0x10000, 0x10000 - (1 << 31)).astype(np.int32)
    moved = np.where(x == 0, tiny, bits + away).astype(np.int32).view(np.float32)
    return np.where(np.isnan(x) | np.isnan(y), np.float32(np.nan), np.where(x == y, y, moved))


def _prepare_reduce_precision(equation: Equation, arithmetic: Arithmetic) -> Call:
    declared = equation.inputs[0].type.dtype
    exponent, mantissa = (equation.params[key] for key in ("exponent_bits", "mantissa_bits"))
    if exponent >= _FORMATS[declared][0] and mantissa >= _FORMATS[declared][1]:
        return np.asarray
    if arithmetic.exact:
        raise NotExact("a rounding to fewer bits")
    layout = "float32" if declared == "bfloat16" else declared
    stored = arithmetic.storage(declared)
    return lambda x: _round_bits(x.astype(layout), exponent, mantissa).astype(stored)


def _round_bits(x: Array, exponent: int, mantissa: int) -> Array:
    """Round to nearest even in a smaller format; what is too small becomes zero."""
    width, (full_exponent, full_mantissa) = x.dtype.itemsize * 8, _FORMATS[str(x.dtype)]
    bits = x.view(f"u{x.dtype.itemsize}")
    unit = bits.dtype.type
    drop = max(full_mantissa - mantissa, 0)
    if drop:
        odd = (bits >> unit(drop)) & unit(1)
        bits = (bits + odd + unit((1 << (drop - 1)) - 1)) & ~unit((1 << drop) - 1)
    if exponent < full_exponent:
        sign = bits & unit(1 << (width - 1))
        size = bits ^ sign
        bias, full_bias = (1 << (exponent - 1)) - 1, (1 << (full_exponent - 1)) - 1
        infinity = unit(((1 << full_exponent) - 1) << full_mantissa)
        bits = np.where(
            size >= unit((full_bias + bias + 1) << full_mantissa), sign | infinity, bits
        )
        bits = np.where(size < unit((full_bias - bias + 1) << full_mantissa), sign, bits)
    return np.where(np.isnan(x), x, np.asarray(bits, unit).view(x.dtype))


RULES: dict[str, Rule] = {
    "bitcast_convert_type": Rule(_prepare_bitcast, exact=True),
    "convert_element_type": Rule(_prepare_convert, exact=True),
    "nextafter": Rule(_prepare_nextafter),
    "reduce_precision": Rule(_prepare_reduce_precision, exact=True),
}

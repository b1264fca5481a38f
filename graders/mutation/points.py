"""Random arguments for a program: within its declared ranges, beyond them, on ties, or huge."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from graders.jaxpr.arithmetic import KEY_PREFIX, is_float
from graders.jaxpr.model import Array, ArrayType, Program
from graders.mutation.run import Arrays

Range = tuple[float, float]
Kind = Callable[[ArrayType, Range, np.random.Generator], Array]
_WIDER = 4
_STEPS = 16
_TIES = 2


def draw(
    kind: Kind, program: Program, ranges: Sequence[Range], seed: Sequence[int], count: int
) -> list[Arrays]:
    """`count` sets of arguments; the same seed gives the same.

    `ranges` are those declared for the program's inputs: floats, integers, truth values or keys.
    """
    random = np.random.default_rng(seed)
    declared = list(zip((v.type for v in program.inputs), ranges, strict=True))
    return [tuple(kind(type, r, random) for type, r in declared) for _ in range(count)]


def inside(type: ArrayType, declared: Range, random: np.random.Generator) -> Array:
    """Any numbers of the declared range, on no grid."""
    if not is_float(type.dtype):
        return _whole(type, math.ceil(declared[0]), math.floor(declared[1]), random)
    return random.uniform(*declared, type.shape).astype(_stored(type))


def beyond(type: ArrayType, declared: Range, random: np.random.Generator) -> Array:
    """Numbers of a range several times as wide."""
    middle, half = (declared[0] + declared[1]) / 2, (declared[1] - declared[0]) / 2 + 1
    low, high = middle - _WIDER * half, middle + _WIDER * half
    if not is_float(type.dtype):
        return _whole(type, math.ceil(low), math.floor(high), random)
    return np.asarray(random.uniform(low, high, type.shape))


def ties(type: ArrayType, declared: Range, random: np.random.Generator) -> Array:
    """Small whole numbers, of which many are equal."""
    drawn = _whole(type, -_TIES, _TIES, random)
    return drawn.astype(np.float64) if is_float(type.dtype) else drawn


def coarse(type: ArrayType, declared: Range, random: np.random.Generator) -> Array:
    """Numbers of the declared range with few digits."""
    if not is_float(type.dtype):
        return inside(type, declared, random)
    low, high = declared
    step = 2.0 ** math.floor(math.log2((high - low) / _STEPS)) if high > low else 1.0
    first = math.ceil(low / step)
    steps = random.integers(first, max(first, math.floor(high / step)) + 1, type.shape)
    return np.asarray(steps * step)


def huge(bits: int) -> Kind:
    """Whole numbers below a power of two, positive and negative, whatever is declared."""

    def kind(type: ArrayType, declared: Range, random: np.random.Generator) -> Array:
        if not is_float(type.dtype):
            return inside(type, declared, random)
        return np.asarray(random.integers(-(1 << bits), 1 << bits, type.shape))

    return kind


def _stored(type: ArrayType) -> np.dtype[np.generic]:
    return np.dtype("float32" if type.dtype == "bfloat16" else type.dtype)


def _whole(type: ArrayType, low: int, high: int, random: np.random.Generator) -> Array:
    if type.dtype.startswith(KEY_PREFIX):
        return random.integers(0, 1 << 64, type.shape, np.uint64)
    if type.dtype == "bool":
        return np.asarray(random.integers(0, 2, type.shape).astype(bool))
    if type.dtype.startswith(("int", "uint")):
        limits = np.iinfo(type.dtype)
        low, high = max(low, int(limits.min)), min(high, int(limits.max))
        return np.asarray(random.integers(low, high + 1, type.shape).astype(type.dtype))
    return np.asarray(random.integers(low, high + 1, type.shape))

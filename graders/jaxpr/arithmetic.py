"""The number systems a program can be evaluated in.

A declared dtype is stored in some NumPy dtype: `native` keeps it, `float64` widens float32, `exact`
keeps every float as a `fractions.Fraction`. Types below float32 are the program's own choice and
are rounded to in every arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from graders.jaxpr.model import Array, ArrayType

KEY_PREFIX = "key<"
_WIDE = {"float32": "float64", "complex64": "complex128"}
_REDUCED = frozenset({"bfloat16", "float16"})


class NotExact(Exception):
    """The program does something that has no exact rational result."""


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """How declared dtypes are stored. `storage` maps a dtype name to a NumPy dtype."""

    name: str
    exact: bool = False
    widen: bool = False

    def storage(self, dtype: str) -> np.dtype[np.generic]:
        """The NumPy dtype that holds values declared as `dtype`.

        A PRNG key (two uint32 words) is held as one uint64, an element like any other.
        """
        if dtype.startswith(KEY_PREFIX):
            return np.dtype(np.uint64)
        if self.exact and is_float(dtype):
            return np.dtype(object)
        if dtype == "bfloat16" or (dtype == "float16" and self.widen):
            dtype = "float32"
        return np.dtype(_WIDE.get(dtype, dtype) if self.widen else dtype)

    def load(self, value: Array, type: ArrayType) -> Array:
        """A value of the declared type, as this arithmetic stores it."""
        if self.exact and is_float(type.dtype):
            return as_fractions(value)
        self._refuse_complex(type)
        return np.asarray(value, dtype=self.storage(type.dtype))

    def settle(self, type: ArrayType) -> Callable[[Array], Array] | None:
        """What a result of this declared type must go through; None when there is nothing to do."""
        self._refuse_complex(type)
        if self.exact and is_float(type.dtype):
            if type.dtype in _REDUCED:
                raise NotExact(f"rounds to {type.dtype}")
            return settle_fractions
        if type.dtype in _REDUCED:
            return round_to(type.dtype)
        return None

    def _refuse_complex(self, type: ArrayType) -> None:
        if self.exact and type.dtype.startswith("complex"):
            raise NotExact("complex numbers")


def is_float(dtype: str) -> bool:
    """Whether the name is that of a real floating-point type."""
    return dtype.startswith(("float", "bfloat"))


NATIVE = Arithmetic("native")
FLOAT64 = Arithmetic("float64", widen=True)
EXACT = Arithmetic("exact", exact=True, widen=True)

_EXACT_BITS = 1 << 13


def as_fractions(value: Array) -> Array:
    """The same numbers as an object array of `Fraction`; raises `NotExact` for inf and nan."""
    array = np.asarray(value)
    out = np.empty(array.shape, dtype=object)
    flat = out.reshape(-1)
    for index, item in enumerate(array.reshape(-1).tolist()):
        if isinstance(item, complex):
            raise NotExact("complex numbers")
        try:
            flat[index] = Fraction(item)
        except (OverflowError, ValueError) as error:
            raise NotExact("a value that is not finite") from error
    return out


def settle_fractions(value: Array) -> Array:
    """An object array of fractions of bounded size; raises `NotExact` when they grow too long."""
    array = np.asarray(value, dtype=object)
    for item in array.reshape(-1):
        if not isinstance(item, Fraction):
            return settle_fractions(as_fractions(array))
        if item.denominator.bit_length() + item.numerator.bit_length() > _EXACT_BITS:
            raise NotExact("fractions too long to go on with")
    return array


def round_to(dtype: str) -> Callable[[Array], Array]:
    """Rounding to nearest even in a type below float32, the result kept in its storage dtype."""
    return _round_bfloat16 if dtype == "bfloat16" else _round_float16


def _round_float16(value: Array) -> Array:
    array = np.asarray(value)
    return array if array.dtype == np.float16 else array.astype(np.float16).astype(array.dtype)


def _round_bfloat16(value: Array) -> Array:
    array = np.asarray(value, dtype=np.float32)
    bits = array.view(np.uint32) if array.ndim else array.reshape(1).view(np.uint32)
    rounded = (bits + 0x7FFF + ((bits >> 16) & 1)) & np.uint32(0xFFFF0000)
    result = rounded.astype(np.uint32).view(np.float32).reshape(array.shape)
    return np.where(np.isnan(array), array, result).astype(np.asarray(value).dtype, copy=False)

"""The values a wire form is made of, and how each is refused when it is something else."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np

from graders.jaxpr.model import ArrayType

VERSION = 1
MAX_BYTES = 32 << 20
# What stands in the JSON takes up to sixty times its size in memory, and the constants only their
# own. A program of 50 000 equations is as long as the JSON may be.
MAX_JSON = 3 << 20
MAX_JSON_IN_ALL = 9 << 20
MAX_EQUATIONS = 100_000
MAX_DEPTH = 60
MAX_RANK = 32
MAX_EXTENT = 1 << 40
MAX_TEXT = 400


class Malformed(ValueError):
    """The bytes are not a program in this format, or exceed a limit of it."""


class Oversized(Malformed):
    """The program is longer than any may be."""


def json_length(data: bytes, before: int = 0) -> int:
    """Bytes of JSON in an encoded program, and in those `before` it that belong together.

    Raises `Oversized` for one longer than any may be, `Malformed` for one that is cut short.
    """
    _most("the program takes", len(data), MAX_BYTES)
    length = int.from_bytes(data[:4], "big")
    if len(data) < 4 + length:
        raise Malformed("the program is cut short")
    _most("the program's operations take", length, MAX_JSON)
    in_all = before + length
    _most("the operations of the programs for all shapes take", in_all, MAX_JSON_IN_ALL)
    return in_all


def _most(what: str, found: int, most: int) -> None:
    if found > most:
        raise Oversized(f"{what} {found:,} bytes to write down, of at most {most:,}")


def parse_json(data: bytes) -> Any:
    """JSON of untrusted origin; raises `Malformed` whatever is wrong with it."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Malformed("not JSON") from error


def decode_type(item: object) -> ArrayType:
    """The array type `[dtype, shape, weak]`; raises `Malformed`."""
    dtype, shape, weak = several(item, 3)
    extents = tuple(integer(extent, MAX_EXTENT) for extent in items(shape))
    spread = math.prod(max(extent, 1) for extent in extents)
    if not isinstance(weak, bool) or len(extents) > MAX_RANK or spread > MAX_EXTENT:
        raise Malformed("an array type out of bounds")
    return ArrayType(short_text(dtype), extents, weak)


def raw_dtype(type: ArrayType) -> np.dtype[Any]:
    """The NumPy dtype in which constants of a type go over the wire; raises `Malformed`."""
    name = type.dtype
    if name == "bfloat16":
        return np.dtype("<f4")
    if name.startswith("key<"):
        return np.dtype("<u8")
    try:
        dtype = np.dtype(name)
    except TypeError as error:
        raise Malformed(f"constants of type {name} have no wire form") from error
    if dtype.kind not in "biufc" or dtype.name != name:
        raise Malformed(f"constants of type {name} have no wire form")
    return dtype.newbyteorder("<")


def integer(value: object, high: int, low: int = 0) -> int:
    """An integer in [low, high); raises `Malformed`."""
    if type(value) is not int or not low <= value < high:
        raise Malformed("an integer out of bounds")
    return value


def short_text(value: object) -> str:
    """A text of bounded length; raises `Malformed`."""
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise Malformed("a text that is none, or too long")
    return value


def items(value: object) -> list[Any]:
    """A list; raises `Malformed`."""
    if not isinstance(value, list):
        raise Malformed("expected a list")
    return value


def several(value: object, count: int) -> list[Any]:
    """A list of exactly so many items; raises `Malformed`."""
    found = items(value)
    if len(found) != count:
        raise Malformed(f"expected {count} items")
    return found

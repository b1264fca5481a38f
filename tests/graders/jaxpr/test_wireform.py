from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from graders.jaxpr.model import ArrayType
from graders.jaxpr.wireform import (
    MAX_EXTENT,
    Malformed,
    decode_type,
    integer,
    items,
    parse_json,
    raw_dtype,
    several,
    short_text,
)


@pytest.mark.parametrize("data", [b"", b"{", b"[" * 100_000, b"\xff", b"NaNa"])
def test_what_is_not_json_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        parse_json(data)


def test_a_number_too_long_to_read_is_refused() -> None:
    with pytest.raises(Malformed):
        parse_json(b"9" * 5000)


def test_a_type_is_read() -> None:
    assert decode_type(["int8", [2, 0], True]) == ArrayType("int8", (2, 0), True)


@pytest.mark.parametrize(
    "item",
    [
        None,
        "float32",
        ["float32", []],
        ["float32", [], 1],
        [3, [], False],
        ["x" * 401, [], False],
        ["float32", [-1], False],
        ["float32", [True], False],
        ["float32", [1.0], False],
        ["float32", 3, False],
        ["float32", [MAX_EXTENT], False],
        ["float32", [1] * 33, False],
        ["float32", [1 << 30, 1 << 30], False],
        ["float32", [0, 1 << 30, 1 << 30], False],
    ],
)
def test_a_type_out_of_bounds_is_refused(item: Any) -> None:
    with pytest.raises(Malformed):
        decode_type(item)


@pytest.mark.parametrize(
    ("name", "raw"),
    [("bfloat16", "<f4"), ("key<fry>", "<u8"), ("float64", "<f8"), ("bool", "|b1")],
)
def test_constants_have_a_little_endian_form(name: str, raw: str) -> None:
    assert raw_dtype(ArrayType(name)).str == raw


@pytest.mark.parametrize("name", ["object", "foreign:Thing", "f4", ">f4", "str", "V8", "i4,i4", ""])
def test_constants_of_other_types_are_refused(name: str) -> None:
    with pytest.raises(Malformed, match="no wire form"):
        raw_dtype(ArrayType(name))


def test_native_byte_order_does_not_matter() -> None:
    assert raw_dtype(ArrayType("int16")) == np.dtype("<i2")


@pytest.mark.parametrize("value", [True, 5, -1, 2.0, "1", None])
def test_integers_lie_within_their_bounds(value: Any) -> None:
    assert integer(4, 5) == 4
    with pytest.raises(Malformed):
        integer(value, 5)


@pytest.mark.parametrize("call", [short_text, items, lambda v: several(v, 2)])
@pytest.mark.parametrize("value", [None, 3, {}, "x" * 401, [1]])
def test_other_kinds_are_refused(call: Any, value: Any) -> None:
    if call is items and value == [1]:
        assert items(value) == [1]
    else:
        with pytest.raises(Malformed):
            call(value)

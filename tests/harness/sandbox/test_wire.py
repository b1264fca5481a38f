from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from graders.jaxpr.model import Array
from graders.jaxpr.wireform import MAX_BYTES, Malformed
from harness.sandbox.wire import MAX_HEADER, Frame, FrameReader, pack_arrays, unpack_arrays

FRAMES = [
    Frame({"kind": "ready"}),
    Frame({"kind": "trace", "text": "é\n", "list": [1, None, 2.5]}, bytes(range(256))),
    Frame({}, b"x" * 100_000),
]
STREAM = b"".join(frame.pack() for frame in FRAMES)


def _lengths(head: int, body: int) -> bytes:
    return struct.pack(">II", head, body)


@pytest.mark.parametrize("size", [1, 7, 8, 1000, len(STREAM)])
def test_frames_come_back_however_the_stream_is_cut(size: int) -> None:
    reader = FrameReader()
    found: list[Frame] = []
    for start in range(0, len(STREAM), size):
        found.extend(reader.feed(STREAM[start : start + size]))
    assert found == FRAMES
    assert not reader.buffer


@pytest.mark.parametrize(("header", "kind"), [({"kind": "a"}, "a"), ({"kind": 1}, ""), ({}, "")])
def test_the_kind_is_a_text(header: dict[str, Any], kind: str) -> None:
    assert Frame(header).kind == kind


@pytest.mark.parametrize(
    "data",
    [
        _lengths(MAX_HEADER + 1, 0),
        _lengths(2, MAX_BYTES + 1),
        b"\xff" * 8,
        _lengths(4, 0) + b"nope",
        _lengths(1, 0) + b"\xff",
        _lengths(2, 0) + b"[]",
        _lengths(4, 0) + b"null",
        _lengths(100_000, 0) + b"[" * 100_000,
    ],
)
def test_a_stream_that_holds_no_frames_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        list(FrameReader().feed(data))


def test_an_incomplete_frame_is_waited_for() -> None:
    reader = FrameReader()
    assert list(reader.feed(_lengths(MAX_HEADER, MAX_BYTES))) == []
    assert list(reader.feed(b"{")) == []


_DTYPES = st.sampled_from(["float32", "float64", "int8", "uint32", "bool", "complex64", "float16"])
_ARRAYS: st.SearchStrategy[list[Array]] = st.lists(
    _DTYPES.flatmap(
        lambda name: arrays.arrays(
            np.dtype(name), arrays.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)
        )
    ),
    max_size=4,
)


@given(_ARRAYS)
def test_arrays_come_back_to_the_bit(found: list[Array]) -> None:
    types, payload = pack_arrays(found)
    again = unpack_arrays(json.loads(json.dumps(types)), payload)
    assert [(a.dtype, a.shape, a.tobytes()) for a in again] == [
        (a.dtype, a.shape, a.tobytes()) for a in found
    ]


def test_an_array_that_is_not_contiguous_is_packed_in_order() -> None:
    array = np.arange(6.0).reshape(2, 3).T
    np.testing.assert_array_equal(unpack_arrays(*pack_arrays([array]))[0], array)


@pytest.mark.parametrize(
    ("types", "data"),
    [
        (None, b""),
        ({}, b""),
        ([1], b""),
        ([["float32", [], False]], b"123"),
        ([["float32", [], False]], b"12345"),
        ([], b"1"),
        ([["float32", [1 << 30], False]], b"1234"),
        ([["float32", [-1], False]], b""),
        ([["float32", ["1"], False]], b"1234"),
        ([["object", [], False]], b"12345678"),
        ([["O", [], False]], b"12345678"),
        ([["U4", [], False]], b"1" * 16),
        ([["datetime64[s]", [], False]], b"12345678"),
        ([["f4", [], False]], b"1234"),
        ([[">f4", [], False]], b"1234"),
        ([["no such", [], False]], b"1234"),
        ([["f4,f4", [], False]], b"12345678"),
    ],
)
def test_types_and_bytes_that_disagree_are_malformed(types: Sequence[Any], data: bytes) -> None:
    with pytest.raises(Malformed):
        unpack_arrays(types, data)

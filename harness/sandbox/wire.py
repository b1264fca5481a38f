"""Frames between the judge and the child: a JSON header and raw bytes, both with capped lengths."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from graders.jaxpr.model import Array
from graders.jaxpr.wireform import MAX_BYTES, Malformed, decode_type, parse_json

MAX_HEADER = 1 << 20
_LENGTHS = struct.Struct(">II")
_NUMBERS = "biufc"


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: what it is, its fields, and the bytes that go with it."""

    header: dict[str, Any]
    payload: bytes = b""

    @property
    def kind(self) -> str:
        """The kind of message, empty when it names none."""
        kind = self.header.get("kind")
        return kind if isinstance(kind, str) else ""

    def pack(self) -> bytes:
        """The frame as it goes over a pipe."""
        header = json.dumps(self.header, separators=(",", ":")).encode()
        return _LENGTHS.pack(len(header), len(self.payload)) + header + self.payload


@dataclass(slots=True)
class FrameReader:
    """Cuts a stream of bytes into frames; raises `Malformed` for a stream that has none."""

    buffer: bytearray = field(default_factory=bytearray)

    def feed(self, data: bytes) -> Iterator[Frame]:
        """The frames that are complete with these bytes."""
        self.buffer += data
        while len(self.buffer) >= _LENGTHS.size:
            head, body = _LENGTHS.unpack_from(self.buffer)
            if head > MAX_HEADER or body > MAX_BYTES:
                raise Malformed("a frame longer than any can be")
            start, end = _LENGTHS.size + head, _LENGTHS.size + head + body
            if len(self.buffer) < end:
                return
            header = parse_json(bytes(self.buffer[_LENGTHS.size : start]))
            payload = bytes(self.buffer[start:end])
            del self.buffer[:end]
            if not isinstance(header, dict):
                raise Malformed("the header of a frame is a mapping")
            yield Frame(header, payload)


def pack_arrays(arrays: list[Array]) -> tuple[list[Any], bytes]:
    """Types for a header, and the raw bytes of the arrays one after another."""
    types = [[array.dtype.name, list(array.shape), False] for array in arrays]
    return types, b"".join(np.ascontiguousarray(array).tobytes() for array in arrays)


def unpack_arrays(types: object, data: bytes) -> list[Array]:
    """The arrays `pack_arrays` packed; raises `Malformed` when types and bytes do not agree."""
    if not isinstance(types, list):
        raise Malformed("arrays need a list of types")
    arrays: list[Array] = []
    offset = 0
    for item in types:
        type = decode_type(item)
        dtype = _dtype(type.dtype)
        if offset + type.size * dtype.itemsize > len(data):
            raise Malformed("arrays are cut short")
        array = np.frombuffer(data, dtype, type.size, offset).reshape(type.shape)
        offset += array.nbytes
        arrays.append(array)
    if offset != len(data):
        raise Malformed("more bytes than the arrays take")
    return arrays


def _dtype(name: str) -> np.dtype[Any]:
    try:
        dtype = np.dtype(name)
    except TypeError as error:
        raise Malformed("no such type of number") from error
    if dtype.kind not in _NUMBERS or dtype.name != name:
        raise Malformed("no such type of number")
    return dtype

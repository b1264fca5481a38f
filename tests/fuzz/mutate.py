"""Small changes to programs and frames that keep most of their form, so that most are read on."""

from __future__ import annotations

import copy
import json
import struct
from random import Random
from typing import Any

_LENGTHS = struct.Struct(">II")
_ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 7, 64, 1 << 20, 1 << 40, 1 << 62, 1 << 64, 1 << 70, 0.5, 1e400,
    "", "scan", "add", "cond", "while", "call", "dot_general", "float32", "float64", "int32",
    "bool", "bfloat16", "complex64", "key<fry>", "object", "x" * 500, "\x00\x1b[31m\u202e", [], {},
    [0], [[]], {"p": 0}, {"f": "nan"}, {"f": "inf"}, {"x": "thing"}, {"m": {}},
    ["float32", [2], False],
)  # fmt: skip


def mutated_bytes(data: bytes, random: Random) -> bytes:
    """Some bytes changed, left out, doubled or put in."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 8))):
        at = random.randrange(len(changed) + 1)
        end = min(len(changed), at + random.choice((1, 2, 4, 64)))
        kind = random.randrange(4)
        if kind == 0:
            changed[at:end] = random.randbytes(end - at)
        elif kind == 1:
            del changed[at:end]
        elif kind == 2:
            changed[at:at] = changed[at:end]
        else:
            changed[at:at] = random.randbytes(random.choice((1, 4)))
    return bytes(changed)


def mutated_program(data: bytes, random: Random) -> bytes:
    """An encoded program with one to three values of its document replaced."""
    size = int.from_bytes(data[:4], "big")
    text = _document(json.loads(data[4 : 4 + size]), random)
    return len(text).to_bytes(4, "big") + text + data[4 + size :]


def mutated_session(data: bytes, random: Random) -> bytes:
    """A child's frames with one of them changed, moved, doubled or left out."""
    frames = split(data)
    at = random.randrange(len(frames))
    header, payload = frames[at]
    kind = random.randrange(6)
    if kind == 0:
        del frames[at]
    elif kind == 1:
        frames.insert(random.randrange(len(frames)), frames[at])
    elif kind == 2:
        frames[at] = _document(json.loads(header), random), payload
    elif kind == 3:
        frames[at] = header, mutated_bytes(payload, random)
    else:
        frames = _other_programs(frames, header, payload, random)
    return b"".join(map(join, frames))


def split(data: bytes) -> list[tuple[bytes, bytes]]:
    """The frames of a session: header and payload."""
    frames, at = [], 0
    while at < len(data):
        head, body = _LENGTHS.unpack_from(data, at)
        at += _LENGTHS.size
        frames.append((data[at : at + head], data[at + head : at + head + body]))
        at += head + body
    return frames


def join(frame: tuple[bytes, bytes]) -> bytes:
    """One frame as bytes."""
    return _LENGTHS.pack(*map(len, frame)) + frame[0] + frame[1]


def _other_programs(
    frames: list[tuple[bytes, bytes]], header: bytes, payload: bytes, random: Random
) -> list[tuple[bytes, bytes]]:
    """One program changed wherever it stands, so that the first and the last still agree."""
    if b'"kind":"trace"' not in header:
        return frames
    changed = mutated_program(payload, random)
    return [(head, changed if body == payload else body) for head, body in frames]


def _document(document: Any, random: Random) -> bytes:
    changed = copy.deepcopy(document)
    for _ in range(random.choice((1, 1, 2, 3))):
        places = list(_places(changed))
        if places:
            container, key = random.choice(places)
            container[key] = _replacement(container[key], random, places)
    return json.dumps(changed, separators=(",", ":")).encode()


def _replacement(value: Any, random: Random, places: list[tuple[Any, Any]]) -> Any:
    kind = random.randrange(5)
    if kind == 0 and isinstance(value, int):
        return value + random.choice((-1, 1))
    if kind == 1 and isinstance(value, list) and value:
        return [*value, random.choice(value)]
    if kind == 2 and isinstance(value, list) and value:
        return value[:-1]
    if kind == 3:
        container, key = random.choice(places)
        return copy.deepcopy(container[key])
    return copy.deepcopy(random.choice(_ODD))


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a document: a container and a key or number."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting:
        container = waiting.pop()
        keys = container if isinstance(container, dict) else range(len(container))
        for key in keys:
            found.append((container, key))
            if isinstance(container[key], (dict, list)):
                waiting.append(container[key])
    return found

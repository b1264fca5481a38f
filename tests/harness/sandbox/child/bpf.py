"""A machine for classic BPF as far as seccomp filters use it. See bpf(4) and seccomp(2)."""

from __future__ import annotations

import struct
from collections.abc import Sequence

ALLOW, ERRNO, KILL = 0x7FFF0000, 0x00050000, 0x80000000
_LOAD, _EQUAL, _GREATER_EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06


def evaluate(
    program: Sequence[bytes], architecture: int, number: int, arguments: Sequence[int] = ()
) -> int:
    """What a filter returns for one system call."""
    padded = [value & (1 << 64) - 1 for value in (*arguments, 0, 0, 0, 0, 0, 0)[:6]]
    data = struct.pack("<IIQ6Q", number, architecture, 0, *padded)
    accumulator, at = 0, 0
    for _ in range(len(program)):
        code, true, false, value = struct.unpack("<HBBI", program[at])
        at += 1
        if code == _LOAD:
            (accumulator,) = struct.unpack_from("<I", data, value)
        elif code == _RETURN:
            return int(value)
        else:
            tests = {
                _EQUAL: accumulator == value,
                _GREATER_EQUAL: accumulator >= value,
                _ANY_BIT: bool(accumulator & value),
            }
            at += true if tests[code] else false
    raise AssertionError("the filter does not end")

"""System calls that Python has no function for, with errors as `OSError`."""

from __future__ import annotations

import ctypes
import os
import platform

LIBC = ctypes.CDLL(None, use_errno=True)
MACHINE = platform.machine()


def check(result: int, what: str) -> int:
    """The result of a C function; raises `OSError` when it is negative."""
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")
    return result


def syscall(number: int, *arguments: object) -> int:
    """One system call by number."""
    return check(int(LIBC.syscall(ctypes.c_long(number), *arguments)), f"system call {number}")


def prctl(option: int, *arguments: int) -> int:
    """One call of `prctl(2)`; the arguments left out are zero."""
    padded = [ctypes.c_ulong(value) for value in (*arguments, 0, 0, 0, 0)[:4]]
    return check(int(LIBC.prctl(option, *padded)), f"prctl {option}")

"""Landlock: the file system, TCP and signals a process may no longer reach. See landlock(7)."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

from harness.sandbox.child.system import syscall

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION = 1
_PATH_BENEATH = 1

_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_FILE_BITS = {1: 13, 2: 14, 3: 15, 4: 15}
_ALL_FILE_BITS = 16
_ON_FILES = 0b111 | 1 << 14
_NET_FROM, _NET = 4, 0b11
_SCOPE_FROM, _SCOPE = 6, 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("net", ctypes.c_uint64),
        ("scope", ctypes.c_uint64),
    )


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = (("access", ctypes.c_uint64), ("parent", ctypes.c_int32))


def abi() -> int:
    """The version of Landlock the kernel offers, 0 for none."""
    try:
        return syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION))
    except OSError:
        return 0


def restrict(readable: Iterable[Path], writable: Iterable[Path]) -> None:
    """Leave the calling thread only these files and what is below them; raises `OSError`.

    Also, where the kernel knows how: no TCP, no abstract sockets and no signals to the outside.
    `no_new_privs` must be set.
    """
    version = abi()
    handled = (1 << _FILE_BITS.get(version, _ALL_FILE_BITS)) - 1
    ruleset = _Ruleset(
        handled, _NET if version >= _NET_FROM else 0, _SCOPE if version >= _SCOPE_FROM else 0
    )
    size = 24 if version >= _SCOPE_FROM else 16 if version >= _NET_FROM else 8
    rules = syscall(_CREATE, ctypes.byref(ruleset), ctypes.c_size_t(size), ctypes.c_uint32(0))
    try:
        for path in readable:
            _allow(rules, path, _READ_FILE | _READ_DIR)
        for path in writable:
            _allow(rules, path, handled & ~1)
        syscall(_RESTRICT, ctypes.c_int(rules), ctypes.c_uint32(0))
    finally:
        os.close(rules)


def _allow(rules: int, path: Path, access: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not path.is_dir():
            access &= _ON_FILES
        beneath = _PathBeneath(access, parent)
        rule, flags = ctypes.c_int(_PATH_BENEATH), ctypes.c_uint32(0)
        syscall(_ADD, ctypes.c_int(rules), rule, ctypes.byref(beneath), flags)
    finally:
        os.close(parent)

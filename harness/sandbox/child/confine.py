"""Limits a child sets on itself before anything of the submission is there."""

from __future__ import annotations

import ctypes
import os
import resource
from collections.abc import Mapping

_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38
_SIGKILL = 9


def die_with_parent() -> None:
    """Have the system end this process when the one that started it ends."""
    _prctl(_PR_SET_PDEATHSIG, _SIGKILL)


def apply(limits: Mapping[str, float]) -> None:
    """Apply limits: `memory` and `file` in bytes, `cpu` in seconds.

    What the system does not know is left out: the judge reports only what it saw in force.
    """
    cpu = max(1, int(limits["cpu"]))
    _limit("RLIMIT_DATA", int(limits["memory"]))
    _limit("RLIMIT_CPU", cpu, cpu + 1)
    _limit("RLIMIT_FSIZE", int(limits["file"]))
    _limit("RLIMIT_NOFILE", 64)
    _limit("RLIMIT_CORE", 0)
    os.umask(0o077)
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def _limit(name: str, soft: int, hard: int | None = None) -> None:
    number = getattr(resource, name, None)
    if number is not None:
        resource.setrlimit(number, (soft, soft if hard is None else hard))


def _prctl(option: int, value: int) -> None:
    call = getattr(ctypes.CDLL(None), "prctl", None)
    if call is not None:
        call(option, value, 0, 0, 0)

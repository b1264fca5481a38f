"""Which files to grade: those that are named, and the Python files of the folders that are."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from harness.errors import UsageError
from harness.files import reason


def collect(paths: Sequence[str]) -> list[str]:
    """The files that are named, in order, and every `*.py` below the folders, sorted, each once.

    Hidden files and folders and `__pycache__` are left out. Links are followed, each folder once.
    Raises `UsageError` for a path that is not there, and when there is nothing to grade.
    """
    found: dict[str, None] = {}
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(f"there is no file or folder {path}")
        found.update(dict.fromkeys(sorted(_below(path)) if os.path.isdir(path) else [path]))
    if paths and not found:
        raise UsageError(f"there is no Python file in {', '.join(paths)}")
    return list(found)


def named_in(path: str) -> list[str]:
    """The paths that a file, or standard input for `-`, names: a line each, or ended by NUL.

    Raises `UsageError` when it cannot be read.
    """
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {path}: {reason(error)}") from None
    ends = b"\0" if b"\0" in data else b"\n"
    return [os.fsdecode(name) for name in data.split(ends) if name.strip()]


def _below(folder: str) -> Iterator[str]:
    seen: set[tuple[int, int]] = set()
    for place, folders, files in os.walk(folder, onerror=_unreadable, followlinks=True):
        here = os.stat(place)
        if (here.st_dev, here.st_ino) in seen:
            folders.clear()
            continue
        seen.add((here.st_dev, here.st_ino))
        folders[:] = sorted(name for name in folders if _shown(name))
        names = (name for name in files if name.endswith(".py") and _shown(name))
        yield from (os.path.join(place, name) for name in names)


def _shown(name: str) -> bool:
    return not name.startswith(".") and name != "__pycache__"


def _unreadable(error: OSError) -> None:
    # A folder left out in silence would be a learner left out.
    raise UsageError(f"cannot read {error.filename}: {error.strerror}")

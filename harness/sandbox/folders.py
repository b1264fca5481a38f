"""Removes what a child has left, however it is nested."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def remove(folder: Path) -> None:
    """Remove a folder and all in it; what cannot be removed stays.

    Folders are moved up before they are emptied, so that no depth exhausts the stack or the longest
    path the system takes.
    """
    waiting, count = [str(folder)], 0
    emptied = []
    while waiting:
        current = waiting.pop()
        emptied.append(current)
        with contextlib.suppress(OSError), os.scandir(current) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    count += 1
                    waiting.append(_moved(entry.path, f"{folder}.{count}"))
                else:
                    with contextlib.suppress(OSError):
                        os.unlink(entry.path)
    for path in reversed(emptied):
        with contextlib.suppress(OSError):
            os.rmdir(path)


def _moved(path: str, target: str) -> str:
    try:
        os.rename(path, target)
    except OSError:
        return path
    return target

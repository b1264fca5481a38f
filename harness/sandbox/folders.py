"""Folders of processes that may be killed, and removing what is left in them, however nested."""

from __future__ import annotations

import contextlib
import fcntl
import os
import tempfile
from pathlib import Path

BOX, GRADE = "jaxjudge-box-", "jaxjudge-grade-"


def make(prefix: str = BOX) -> tuple[Path, int]:
    """A new folder, and a descriptor that keeps others from removing it while it is open.

    `prefix` is `BOX` for that of a warm parent, and `GRADE` for that of those who grade together.

    The system closes that of a process that is killed. Raises `OSError`.
    """
    while True:
        folder = Path(tempfile.mkdtemp(prefix=prefix))
        try:
            descriptor = _opened(folder)
        except FileNotFoundError:
            continue  # taken for one that was left, before it was held
        with contextlib.suppress(OSError):  # where there are no locks, nothing is removed either
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        if folder.exists():
            return folder, descriptor
        os.close(descriptor)


def clear() -> None:
    """Remove the folders of this user's that were left by processes that were killed."""
    place = Path(tempfile.gettempdir())
    for folder in (*place.glob(f"{BOX}*"), *place.glob(f"{GRADE}*")):
        with contextlib.suppress(OSError):
            descriptor = _opened(folder)
            try:
                # Whoever owns another's folder can put something else in its place meanwhile.
                if os.fstat(descriptor).st_uid == os.geteuid():
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    remove(folder)
            finally:
                os.close(descriptor)


def _opened(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)


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

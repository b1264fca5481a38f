"""Blobs on disk that can be computed again: checked by hash, written whole or not at all."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

VARIABLE = "JAXJUDGE_CACHE"
_DIGEST = 32
_PATIENCE_SECONDS = 30.0
_POLL_SECONDS = 0.05
_UNREADABLE = (ValueError, LookupError, TypeError)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of blobs by key. A folder that cannot be used is no error: nothing is kept then."""

    folder: Path

    def fetch(
        self,
        key: str,
        unpack: Callable[[bytes], T],
        build: Callable[[], T],
        pack: Callable[[T], bytes],
    ) -> T:
        """The value kept under a key, or one built now; `unpack` may fail on what is damaged.

        Of several processes that need the same one, the first builds it and the others wait.
        """
        kept = self._unpacked(key, unpack)
        if kept is None:
            with self._alone(key):
                kept = self._unpacked(key, unpack)
                if kept is None:
                    kept = build()
                    self.put(key, pack(kept))
        return kept

    def get(self, key: str) -> bytes | None:
        """The blob kept under a key, or None when there is none or it was damaged."""
        try:
            data = self._path(key).read_bytes()
        except OSError:
            return None
        digest, blob = data[:_DIGEST], data[_DIGEST:]
        return blob if hashlib.sha256(blob).digest() == digest else None

    def put(self, key: str, blob: bytes) -> bool:
        """Keep a blob under a key; False when it cannot be written. Two writers do no harm."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        except OSError:
            return False
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(hashlib.sha256(blob).digest() + blob)
            os.replace(name, path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            return False
        return True

    def _unpacked(self, key: str, unpack: Callable[[bytes], T]) -> T | None:
        blob = self.get(key)
        try:
            return None if blob is None else unpack(blob)
        except _UNREADABLE:
            return None

    @contextmanager
    def _alone(self, key: str) -> Iterator[None]:
        """Goes on when no other process is in here with the key, or has been for too long.

        The system lets go of the lock of a process that ends. Without locks all go on at once.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = (self.folder / f"{key}.lock").open("w")
        except OSError:
            yield
            return
        with lock:
            _lock(lock.fileno())
            yield

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.bin"


def _lock(descriptor: int) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            time.sleep(_POLL_SECONDS)
        except OSError:
            return


def default_folder() -> Path:
    """The folder in `JAXJUDGE_CACHE`, or the user's cache folder."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path("~/.cache").expanduser()) / "jaxjudge"

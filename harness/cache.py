"""Blobs on disk that can be computed again: checked by hash, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "JAXJUDGE_CACHE"
_DIGEST = 32


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of blobs by key. A folder that cannot be used is no error: nothing is kept then."""

    folder: Path

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

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.bin"


def default_folder() -> Path:
    """The folder in `JAXJUDGE_CACHE`, or the user's cache folder."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path("~/.cache").expanduser()) / "jaxjudge"

"""Entries in a folder that anybody may write to, trusted only when they are the judge's own."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from harness.errors import UsageError
from harness.files import read_own, reason
from harness.grading.secret import secret

LIMIT = 16 << 20
_MAC = 32
_DRAFT = ".new-"
_ABANDONED_SECONDS = 3600.0  # none takes as long to write, also on a slow disk of a network
_WRITE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Store:
    """Entries by key. Without the secret nobody can write one, or pass one off under another key.

    Keys are file names. Processes may share a folder: an entry is there whole or not at all.
    """

    folder: str
    secret: bytes = field(repr=False)

    def check(self) -> None:
        """Make the folder where there is none; raise `UsageError` unless it can be written.

        What processes that were killed while they wrote have left there is removed.
        """
        try:
            os.makedirs(self.folder, mode=0o700, exist_ok=True)
            with self._opened() as folder:
                os.unlink(_draft(folder, b"\0" * _MAC), dir_fd=folder)
                _tidy(folder)
        except OSError as error:
            other = isinstance(error, FileExistsError)
            why = "it is not a folder" if other else reason(error)
            raise UsageError(f"cannot keep reports in {self.folder}: {why}") from None

    def get(self, key: str) -> bytes | None:
        """The entry under a key; None when there is none, or it is not exactly as it was put."""
        try:
            _, data = read_own(os.path.join(self.folder, key), LIMIT + 1)
        except OSError:
            return None
        mac, entry = data[:_MAC], data[_MAC:]
        return entry if hmac.compare_digest(mac, self._mac(key, entry)) else None

    def put(self, key: str, entry: bytes) -> None:
        """Keep an entry under a key, in the place of whatever is there; raises `OSError`.

        One that is too long to be read again is not kept.
        """
        data = self._mac(key, entry) + entry
        if len(data) > LIMIT:
            return
        with self._opened() as folder:
            name = _draft(folder, data)
            try:
                # This replaces a link; it does not follow it.
                os.replace(name, key, src_dir_fd=folder, dst_dir_fd=folder)
            except BaseException:
                _discard(folder, name)
                raise

    def _mac(self, key: str, entry: bytes) -> bytes:
        return hmac.new(self.secret, key.encode() + b"\0" + entry, hashlib.sha256).digest()

    @contextmanager
    def _opened(self) -> Iterator[int]:
        descriptor = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            yield descriptor
        finally:
            os.close(descriptor)


def prepared(folder: str) -> str:
    """A folder to keep reports in, as an absolute path.

    Raises `UsageError` when it cannot be written, or there is no key to trust.
    """
    path = os.path.abspath(folder)
    Store(path, secret(path)).check()
    return path


def _draft(folder: int, data: bytes) -> str:
    """The name of a new file with this content in a folder; raises `OSError` and leaves nothing."""
    name = f"{_DRAFT}{secrets.token_hex(8)}"
    descriptor = os.open(name, _WRITE, 0o666, dir_fd=folder)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
    except BaseException:
        _discard(folder, name)
        raise
    return name


def _tidy(folder: int) -> None:
    """Remove drafts that nobody is writing any more."""
    for name in os.listdir(folder):
        if name.startswith(_DRAFT):
            with suppress(OSError):
                written = os.stat(name, dir_fd=folder, follow_symlinks=False).st_mtime
                if time.time() - written > _ABANDONED_SECONDS:
                    os.unlink(name, dir_fd=folder)


def _discard(folder: int, name: str) -> None:
    with suppress(OSError):
        os.unlink(name, dir_fd=folder)

"""The secret by which the judge knows what it has written itself."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from harness.cache import default_folder
from harness.errors import UsageError
from harness.files import read_own, reason

VARIABLE = "JAXJUDGE_CACHE_KEY"
_SHORTEST = 16
_LENGTH = 32


def secret(folder: str) -> bytes:
    """What entries in a folder are authenticated with; it is never in that folder.

    It is the text in `JAXJUDGE_CACHE_KEY`, or else a file in the judge's own cache folder, made
    when first asked for. Raises `UsageError` when neither is to be trusted.
    """
    given = os.fsencode(os.environ.get(VARIABLE, ""))
    if given:
        if len(given) < _SHORTEST:
            raise UsageError(
                f"{VARIABLE} can be guessed: expected at least {_SHORTEST} characters, "
                f"found {len(given)}"
            )
        return given
    path = key_file()
    if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise UsageError(
            f"{folder} would hold the key {path} beside what it authenticates: name another folder"
        )
    try:
        if not os.path.lexists(path):
            _make(path)
        return _read(path)
    except OSError as error:
        raise UsageError(
            f"cannot make or read the key {path}: {reason(error)}; set {VARIABLE} to a long random "
            "text instead"
        ) from None


def key_file() -> Path:
    """Where the key of this user is kept, for those who do not give one."""
    return default_folder() / "reports.key"


def _make(path: Path) -> None:
    """Write a new key; of several processes that do so at once, all get the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_LENGTH))
            file.flush()
            os.fsync(descriptor)
        # A link, unlike a renamed file, does not replace the key that another one made meanwhile.
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        os.unlink(draft)


def _read(path: Path) -> bytes:
    found, content = read_own(path, _LENGTH + 1)
    private = found.st_uid == os.geteuid() and not found.st_mode & 0o077
    if not private or len(content) != _LENGTH:
        raise UsageError(
            f"{path} is no key to trust: expected {_LENGTH} bytes in a file of yours that nobody "
            "else can read; delete it, and everything is judged anew once"
        )
    return content

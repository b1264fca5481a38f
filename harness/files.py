"""Reading a submission from disk or standard input, and writing whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from harness.errors import UsageError

SOURCE_LIMIT = 256 << 10


def read_source(path: str) -> bytes:
    """The bytes of a submission: UTF-8 text of 1 to `SOURCE_LIMIT` bytes; `-` is standard input.

    Raises `UsageError` for everything that is not such a file.
    """
    source = _standard_input() if path == "-" else read_file(path, SOURCE_LIMIT + 1)
    if why := unfit(source):
        raise UsageError(f"{path} {why}")
    return source


def unfit(source: bytes) -> str:
    """What keeps bytes from being a submission, such as `is empty`; empty when nothing does.

    A submission is UTF-8 text of 1 to `SOURCE_LIMIT` bytes.
    """
    if len(source) > SOURCE_LIMIT:
        return f"is too long: a submission has at most {SOURCE_LIMIT >> 10} KiB"
    if not source.strip():
        return "is empty; it should define the exercise's function"
    if b"\0" in source:
        return "is not a Python file: it contains NUL bytes"
    try:
        source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        return f"is not UTF-8 text: see line {line}"
    return ""


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise UsageError("standard input is closed; give the name of your file")
    return sys.stdin.buffer.read(SOURCE_LIMIT + 1)


def read_file(path: str, most: int = -1) -> bytes:
    """The bytes of a regular file, or the first of them; raises `UsageError`."""
    try:
        # Opening a FIFO would otherwise wait for somebody to write to it.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise UsageError(f"there is no file {path}{_neighbours(path)}") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot read {path}: {reason(error)}") from None
    try:
        return _content(descriptor, path, most)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {reason(error)}") from None
    finally:
        os.close(descriptor)


def _content(descriptor: int, path: str, most: int) -> bytes:
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISDIR(mode):
        raise UsageError(f"{path} is a folder; give the file that defines your function")
    if not stat.S_ISREG(mode):
        raise UsageError(f"{path} is not a regular file")
    with open(descriptor, "rb", closefd=False) as file:
        return file.read(most)


def read_own(path: str | Path, limit: int) -> tuple[os.stat_result, bytes]:
    """What there is to know of a file, and its first bytes, at most `limit` of them.

    Raises `OSError`, also for a link and for anything else that is not a regular file.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise OSError(f"{path} is not a regular file")
        with open(descriptor, "rb", closefd=False) as file:
            return found, file.read(limit)
    finally:
        os.close(descriptor)


def _neighbours(path: str) -> str:
    from difflib import get_close_matches

    with suppress(OSError, ValueError):
        folder, name = os.path.split(path)
        names = [n for n in os.listdir(folder or ".") if n.endswith(".py") and n != name]
        for close in get_close_matches(name, names, n=1, cutoff=0.75):
            return f"; did you mean {os.path.join(folder, close)}?"
    return ""


def check_writable(path: str, source: str = "-") -> None:
    """Raise `UsageError` unless `path` can be written, now and without harm to `source`."""
    target = Path(path)
    if target.is_dir():
        raise UsageError(f"cannot write {path}: it is a folder")
    if source != "-" and target.exists() and os.path.samefile(source, target):
        raise UsageError(f"cannot write {path}: it is your submission")
    if target.exists() and not os.access(target, os.W_OK):
        raise UsageError(f"cannot write {path}: permission denied")
    if _replaceable(target):
        name, descriptor = _temporary(target)
        os.close(descriptor)
        os.unlink(name)


def write_whole(path: str, content: str | bytes) -> None:
    """Write a file so that its readers see the old content or the new one, never a part.

    A link is followed; a device or pipe is written as it is. Raises `UsageError`.
    """
    target = Path(path)
    data = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")
    if not _replaceable(target):
        _write_through(target, data)
        return
    target = Path(os.path.realpath(target))
    name, descriptor = _temporary(target)
    try:
        with open(descriptor, "wb") as file:
            if target.exists():
                os.fchmod(descriptor, stat.S_IMODE(target.stat().st_mode))
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        os.replace(name, target)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {reason(error)}") from None
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


@contextmanager
def private(target: Path) -> Iterator[IO[bytes]]:
    """A file that only its owner may read, from its first moment on, in the place of another.

    It is there when the block ends, whole. Raises `OSError`.
    """
    draft = target.parent / f".jaxjudge-{secrets.token_hex(8)}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        with open(os.open(draft, flags, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, target)
    finally:
        with suppress(OSError):
            draft.unlink()


def write_folders(folders: Mapping[Path, Mapping[str, str]]) -> None:
    """Write new folders, given their files' texts by relative path: all of them or nothing.

    Folders above them are made. Raises `UsageError`, also when one of them is there already.
    """
    for folder in folders:
        if os.path.lexists(folder):
            raise UsageError(f"{displayed(folder)} is in the way, and is left as it is")
    drafts = {}
    try:
        with ExitStack() as undo:
            for folder, files in folders.items():
                drafts[folder] = _draft(folder, files, undo)
            for folder, draft in drafts.items():
                draft.rename(folder)
                undo.callback(shutil.rmtree, folder)
            undo.pop_all()
    except OSError as error:
        raise UsageError(f"cannot write {displayed(folder)}: {reason(error)}") from None


def displayed(path: Path) -> str:
    """An absolute path as one would write it: what is below the current folder from there on."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _draft(folder: Path, files: Mapping[str, str], undo: ExitStack) -> Path:
    """A folder with these files, beside where it is to be, and how to undo all that was made."""
    for above in reversed([path for path in folder.parents if not path.exists()]):
        above.mkdir()
        undo.callback(above.rmdir)
    draft = folder.parent / f".jaxjudge-{secrets.token_hex(8)}.tmp"
    draft.mkdir()
    undo.callback(shutil.rmtree, draft, ignore_errors=True)
    for name, text in files.items():
        (draft / name).parent.mkdir(parents=True, exist_ok=True)
        (draft / name).write_text(text, "utf-8", newline="\n")
    return draft


def _replaceable(target: Path) -> bool:
    return target.is_file() or not target.exists()


def _write_through(target: Path, data: bytes) -> None:
    try:
        with target.open("wb") as file:
            file.write(data)
    except OSError as error:
        raise UsageError(f"cannot write {target}: {reason(error)}") from None


def _temporary(target: Path) -> tuple[Path, int]:
    """A new file beside the target, with the permissions this user's new files have."""
    name = Path(os.path.realpath(target)).parent / f".jaxjudge-{secrets.token_hex(8)}.tmp"
    try:
        return name, os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    except OSError as error:
        missing = not name.parent.exists()
        why = f"there is no folder {name.parent}" if missing else reason(error)
        raise UsageError(f"cannot write {target}: {why}") from None


def reason(error: Exception) -> str:
    """Why an operation on a file failed, in the system's words, starting in lower case."""
    text = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return text[:1].lower() + text[1:]

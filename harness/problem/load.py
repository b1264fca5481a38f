"""From a folder to a `Problem`: reads its files and converts them; `check` has the opinions."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.errors import ProblemError
from harness.problem import check
from harness.problem.diagnostics import Diagnostics, key_lines
from harness.problem.model import Problem

if TYPE_CHECKING:
    from harness.problem.schema import Document

_FILES = ("problem.toml", "statement.md", "reference.py", "starter.py")


def load_problem(folder: Path) -> Problem:
    """The problem in a folder; raises `ProblemError` with every mistake found in it."""
    diagnostics = Diagnostics(folder)
    texts = {name: text for name in _FILES if (text := _read(name, diagnostics)) is not None}
    raw = _parse(texts.get("problem.toml"), diagnostics)
    document = _shape(raw, diagnostics)
    check.check(folder.resolve().name, raw, texts, diagnostics)
    if document is None or diagnostics.found:
        raise ProblemError(sorted(diagnostics.found, key=lambda d: (d.file.name, d.line or 0)))
    from harness.problem.convert import to_rubric  # with the schema, which is slow to import

    return Problem(
        id=folder.resolve().name,
        title=document.title,
        level=document.level,
        summary=document.summary,
        folder=folder,
        rubric=to_rubric(document),
        statement=texts["statement.md"],
        reference=folder / "reference.py",
        starter=folder / "starter.py",
        version=_version(texts),
    )


def _read(name: str, diagnostics: Diagnostics) -> str | None:
    try:
        return (diagnostics.folder / name).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        diagnostics.file(name, "expected this file, found none")
    except OSError as error:
        diagnostics.file(name, f"the file cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        found = f"expected UTF-8 text, found the byte 0x{error.object[error.start]:02x}"
        diagnostics.file(name, found, line)
    return None


def _parse(text: str | None, diagnostics: Diagnostics) -> Mapping[str, Any] | None:
    """The TOML mapping, or None when there is none to be had."""
    if text is None:
        return None
    diagnostics.lines = key_lines(text)
    try:
        return tomllib.loads(text)
    except RecursionError:
        diagnostics.file("problem.toml", "expected TOML, found values nested too deeply")
    except ValueError as error:
        place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)", str(error))
        line = int(place[1] or text.count("\n") + 1) if place else None
        message = str(error).replace(place[0], "") if place else str(error)
        diagnostics.file("problem.toml", f"not valid TOML: {message}", line)
    return None


def _shape(raw: Mapping[str, Any] | None, diagnostics: Diagnostics) -> Document | None:
    from harness.problem import schema  # pydantic is slow to import, and not every command loads

    return None if raw is None else schema.read(raw, diagnostics)


def _version(texts: Mapping[str, str]) -> str:
    digest = hashlib.sha256()
    for name in ("problem.toml", "reference.py"):
        contents = texts[name].encode()
        digest.update(f"{name} {len(contents)}\n".encode())
        digest.update(contents)
    return digest.hexdigest()

"""From a folder to a `Problem`: reads its files and converts them; `check` has the opinions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from harness.errors import Diagnostic, ProblemError
from harness.problem import check, starter, statement
from harness.problem.constants import constants
from harness.problem.diagnostics import Diagnostics
from harness.problem.model import Problem
from harness.problem.package import Package, read_package, read_source
from harness.problem.tree import places, plain

if TYPE_CHECKING:
    from harness.problem.schema import Document

_NO_OTHERS: Mapping[str, Path] = MappingProxyType({})


def load_problem(folder: Path, folders: Mapping[str, Path] = _NO_OTHERS) -> Problem:
    """The problem in a folder; raises `ProblemError` with every mistake found in it.

    `folders` are those of the problems it may extend, by id.
    """
    diagnostics = Diagnostics(folder)
    package = read_package(folder, folders, diagnostics)
    raw = _merged(package, diagnostics)
    document = _shape(raw, diagnostics)
    task = statement.compose(package, None if raw is None else constants(raw), diagnostics)
    reference = read_source(folder / "reference.py", diagnostics)
    started = starter.find(package, diagnostics)
    sources = [source for source in (reference, started) if source is not None]
    check.check(folder.resolve().name, raw, sources, diagnostics)
    if raw is None or document is None or reference is None or diagnostics.found:
        raise ProblemError(sorted(diagnostics.found, key=lambda found: _order(found, folder)))
    from harness.problem.convert import to_rubric  # with the schema, which is slow to import

    return Problem(
        id=folder.resolve().name,
        title=document.title,
        level=document.level,
        summary=document.summary,
        tags=tuple(document.tags),
        folder=folder,
        rubric=to_rubric(document),
        statement=task,
        reference=reference.path,
        starter=started.text if started else starter.generate(raw),
        version=_version(package, reference.text),
    )


def _order(found: Diagnostic, folder: Path) -> tuple[bool, Path, int]:
    """The package's own files first, each from top to bottom."""
    return found.file.parent != folder, found.file, found.line or 0


def _merged(package: Package, diagnostics: Diagnostics) -> Mapping[str, Any] | None:
    """What problem.toml says, with all that it extends; from then on keys have their places."""
    if package.rubric is None:
        return None
    diagnostics.places = dict(places(package.rubric))
    raw: Mapping[str, Any] = plain(package.rubric)
    return raw


def _shape(raw: Mapping[str, Any] | None, diagnostics: Diagnostics) -> Document | None:
    from harness.problem import schema  # pydantic is slow to import, and not every command loads

    return None if raw is None else schema.read(raw, diagnostics)


def _version(package: Package, reference: str) -> str:
    extended = [("extends", base.text or "") for base in package.bases()]
    digest = hashlib.sha256()
    for name, text in [
        ("problem.toml", package.text or ""),
        ("reference.py", reference),
        *extended,
    ]:
        contents = text.encode()
        digest.update(f"{name} {len(contents)}\n".encode())
        digest.update(contents)
    return digest.hexdigest()

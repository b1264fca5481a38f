"""Reads the files of a package, and the problem.toml of every package it extends."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from harness.problem import extend
from harness.problem.diagnostics import Diagnostics, Place, key_lines, near, shown
from harness.problem.tree import Node, grow, plain

LONGEST_CHAIN = 8  # packages that extend one another
_DEEPEST = 32  # tables and lists within each other


@dataclass(frozen=True, slots=True)
class Package:
    """A folder's problem.toml, and the package it extends.

    `own` is what the file says and `rubric` the same merged into what is extended. Both are None
    where they cannot be had, and so is `base`, for a variant as well.
    """

    folder: Path
    text: str | None
    own: Node | None
    base: Package | None
    rubric: Node | None

    @property
    def partial(self) -> bool:
        """Whether a statement and a starter may be missing, because they are taken over."""
        return self.text is not None and (self.own is None or "extends" in self.own.table)

    def bases(self) -> Iterator[Package]:
        """The package it extends, the one that extends, and so on."""
        if self.base is not None:
            yield self.base
            yield from self.base.bases()


def read_package(
    folder: Path,
    folders: Mapping[str, Path],
    diagnostics: Diagnostics,
    above: tuple[Path, ...] = (),
) -> Package:
    """A package and those it extends, which are found in `folders` by id.

    `above` are the folders of the packages that extend this one. Mistakes are reported.
    """
    path = folder / "problem.toml"
    text = read_text(path, diagnostics)
    own = None if text is None else _parse(text, path, diagnostics)
    if own is None:
        return Package(folder, text, None, None, None)
    if "extends" not in own.table:
        return Package(folder, text, own, None, extend.alone(own, diagnostics))
    base = _base(own.table["extends"], folders, diagnostics, (*above, folder.resolve()))
    taken = base.rubric if base else None
    rubric = None if taken is None else extend.merge(taken, own, diagnostics)
    return Package(folder, text, own, base, rubric)


def _base(
    extends: Node, folders: Mapping[str, Path], diagnostics: Diagnostics, above: tuple[Path, ...]
) -> Package | None:
    id = extends.value
    known = ", ".join(sorted(folders)) or "there is none"
    if not isinstance(id, str):
        diagnostics.at(
            extends.place, f"expected the id of a problem, found {shown(plain(extends))}"
        )
    elif id not in folders:
        message = f"expected the id of a problem ({known}), found {shown(id)}"
        diagnostics.at(extends.place, message, near(id, folders))
    elif (folder := folders[id]).resolve() in above:
        chain = " extends ".join([*(path.name for path in above), id])
        diagnostics.at(extends.place, f"expected a problem that stands by itself, found {chain}")
    elif len(above) >= LONGEST_CHAIN:
        message = f"expected at most {LONGEST_CHAIN} problems that extend one another, found more"
        diagnostics.at(extends.place, message)
    else:
        return read_package(folder, folders, diagnostics, above)
    return None


@dataclass(frozen=True, slots=True)
class Source:
    """A file of Python and its text."""

    path: Path
    text: str


def read_source(path: Path, diagnostics: Diagnostics, required: bool = True) -> Source | None:
    """A file of Python, or None when there is none to be had, which is reported."""
    text = read_text(path, diagnostics, required)
    return None if text is None else Source(path, text)


def read_text(path: Path, diagnostics: Diagnostics, required: bool = True) -> str | None:
    """The text of a file, or None when there is none to be had, which is reported."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        if required:
            diagnostics.at(Place(path), "expected this file, found none")
    except OSError as error:
        diagnostics.at(Place(path), f"the file cannot be read: {error.strerror}")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        found = f"expected UTF-8 text, found the byte 0x{error.object[error.start]:02x}"
        diagnostics.at(Place(path, line), found)
    return None


def _parse(text: str, path: Path, diagnostics: Diagnostics) -> Node | None:
    """The contents of a problem.toml, or None when there are none to be had."""
    try:
        raw = tomllib.loads(text)
        if not _too_deep(raw):
            return grow(raw, path, key_lines(text))
        diagnostics.at(Place(path), "expected TOML, found values nested too deeply")
    except RecursionError:
        diagnostics.at(Place(path), "expected TOML, found values nested too deeply")
    except ValueError as error:
        place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)", str(error))
        line = int(place[1] or text.count("\n") + 1) if place else None
        message = str(error).replace(place[0], "") if place else str(error)
        diagnostics.at(Place(path, line), f"not valid TOML: {message}")
    return None


def _too_deep(value: object) -> bool:
    level = [value]
    for _ in range(_DEEPEST):
        tables = [inner for item in level if isinstance(item, dict) for inner in item.values()]
        lists = [inner for item in level if isinstance(item, list) for inner in item]
        level = [*tables, *lists]
    return bool(level)

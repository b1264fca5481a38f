"""Collects the mistakes of a problem package, each with its line and the nearest valid name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from harness.errors import Diagnostic

Key = tuple[str | int, ...]

_HEADER = re.compile(r"[ \t]*(\[\[?)([^\[\]#]+)\]")
_ASSIGNMENT = re.compile(r"[ \t]*([\w\-.\"' \t]+?)[ \t]*=")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written: the file, the line if one is known, the key within the file."""

    file: Path
    line: int | None = None
    key: Key = ()


@dataclass(slots=True)
class Diagnostics:
    """A list that grows; `places` says where each key of the rubric is written.

    A variant's rubric is written in several files: its own in `folder`, and those it extends.
    """

    folder: Path
    found: list[Diagnostic] = field(default_factory=list)
    places: Mapping[Key, Place] = field(default_factory=dict)

    def key(self, key: Key, message: str, suggestion: str = "") -> None:
        """Report a key of the rubric, at its own place or that of the table it belongs to."""
        self.used(self._place(key), message, suggestion)

    def pair(self, first: Key, second: Key, message: str) -> None:
        """Report two keys that contradict each other, at the one that the package itself gives."""
        given = self._own(self._place(second)) and not self._own(self._place(first))
        self.key(second if given else first, message)

    def file(self, name: str, message: str, line: int | None = None, suggestion: str = "") -> None:
        """Report a file of the package."""
        self.at(Place(self.folder / name, line), message, suggestion)

    def used(self, place: Place, message: str, suggestion: str = "") -> None:
        """Report a place in a file of the package, or of one that it extends."""
        if not self._own(place):
            message += f"; {self.folder.name} takes this over, and can say otherwise"
        self.at(place, message, suggestion)

    def at(self, place: Place, message: str, suggestion: str = "") -> None:
        """Report a place in any file."""
        found = Diagnostic(place.file, place.line, dotted(place.key), message, suggestion)
        self.found.append(found)

    def _place(self, key: Key) -> Place:
        for length in range(len(key), -1, -1):
            if (place := self.places.get(key[:length])) is not None:
                return Place(place.file, place.line, place.key + key[length:])
        return Place(self.folder / "problem.toml", None, key)

    def _own(self, place: Place) -> bool:
        return place.file.parent == self.folder


def dotted(key: Key) -> str:
    """A key path as authors write it: `arguments[2].dtype`, counted from 0."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in key)
    return "".join(parts).removeprefix(".")


def near(name: str, known: Iterable[str]) -> str:
    """The known name most like this one, or an empty string when none is."""
    folded = {candidate.casefold(): candidate for candidate in known}
    found = difflib.get_close_matches(name[:_LONGEST].casefold(), folded, 1)
    return folded[found[0]] if found else ""


def shown(value: object) -> str:
    """A value as an author would recognise it, cut where it gets long."""
    text = str(value).lower() if isinstance(value, bool) else _repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _repr(value: object) -> str:
    try:
        return repr(value)
    except ValueError:  # an integer of more digits than Python agrees to write
        return "a very long number"


def key_lines(text: str) -> dict[Key, int]:
    """The 1-based line of each table and key written on a line of its own."""
    lines: dict[Key, int] = {}
    counts: dict[Key, int] = {}
    table: Key = ()
    quote = ""
    for number, line in enumerate(text.split("\n"), 1):
        if not quote:
            if header := _HEADER.match(line):
                table = _open_table(header[1], _parts(header[2]), counts)
                lines.setdefault(table, number)
            elif assignment := _ASSIGNMENT.match(line):
                lines.setdefault(table + _parts(assignment[1]), number)
        quote = _open_quote(line, quote)
    return lines


def _open_table(bracket: str, name: Key, counts: dict[Key, int]) -> Key:
    """The path a header opens; a `[[name]]` gets the next index of its list."""
    if bracket == "[[":
        counts[name] = counts.get(name, -1) + 1
    path: Key = ()
    for length in range(1, len(name) + 1):
        path = (*path, name[length - 1])
        if name[:length] in counts:
            path = (*path, counts[name[:length]])
    return path


def _parts(name: str) -> Key:
    return tuple(part.strip().strip("\"'") for part in name.split("."))


def _open_quote(line: str, quote: str) -> str:
    """The triple quote still open at the end of a line, given the one open at its start."""
    for found in re.findall(r"\"\"\"|'''", line):
        if not quote:
            quote = found
        elif quote == found:
            quote = ""
    return quote

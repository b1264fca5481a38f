"""A problem's statement: its own sections in the place of those it takes over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.problem import extend
from harness.problem.constants import expand
from harness.problem.diagnostics import Diagnostics, Place, near, shown
from harness.problem.package import Package, read_text

# Fenced code and comments are matched first, so that headings in them are none.
_HEADING = re.compile(
    r"^(`{3,}|~{3,}).*?^\1|<!--.*?-->|^##[ \t]+(\S.*?)[ \t\r]*$", re.DOTALL | re.MULTILINE
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a statement that begins with a `##` heading; the heading of the first is empty."""

    heading: str
    text: str
    place: Place


def compose(package: Package, known: Mapping[str, object] | None, diagnostics: Diagnostics) -> str:
    """The statement of a package, with its constants written out if they are known."""
    parts = _taken(package, diagnostics)
    texts = [
        part.text if known is None else expand(part.text, part.place, known, diagnostics)
        for part in parts
    ]
    return "\n\n".join(text for part in texts if (text := part.strip("\r\n"))) + "\n"


def split(text: str, place: Place) -> list[Section]:
    """The sections of a statement that starts at `place`; the first holds what is before them."""
    starts, headings = [0], [""]
    for match in _HEADING.finditer(text):
        if match[2] is not None:
            starts.append(match.start())
            headings.append(match[2])
    ends = [*starts[1:], len(text)]
    return [
        Section(heading, text[start:end], Place(place.file, 1 + text.count("\n", 0, start)))
        for heading, start, end in zip(headings, starts, ends, strict=True)
    ]


def _taken(package: Package, diagnostics: Diagnostics) -> list[Section]:
    """The sections of a package, with those it takes over from the packages it extends."""
    path = package.folder / "statement.md"
    whole = package.own is not None and extend.replaces_statement(package.own)
    required = whole or not package.partial
    text = read_text(path, diagnostics, required)
    own = split(text or "", Place(path))
    if text is not None and required and not _COMMENT.sub("", text).strip():
        diagnostics.at(Place(path), "expected the task in Markdown, found nothing")
    if whole or package.base is None:
        return own
    return _overlay(_taken(package.base, diagnostics), own, diagnostics)


def _overlay(
    base: Sequence[Section], own: Sequence[Section], diagnostics: Diagnostics
) -> list[Section]:
    headings = [section.heading for section in base[1:]]
    changes: dict[str, Section] = {}
    for section in own[1:]:
        if section.heading not in headings:
            choice = f" ({', '.join(headings)})" if headings else ", and there is none"
            message = f"expected a section of the statement taken over{choice}"
            found = f"{message}, found {shown(section.heading)}"
            diagnostics.at(section.place, found, near(section.heading, headings))
        elif section.heading in changes:
            message = f"expected each section once, found {shown(section.heading)} again"
            diagnostics.at(section.place, message)
        changes.setdefault(section.heading, section)
    if _COMMENT.sub("", own[0].text).strip():
        changes[""] = own[0]
    return [changes.get(section.heading, section) for section in base]

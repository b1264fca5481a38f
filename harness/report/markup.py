"""Clean text as Markdown in which nothing of it is markup, a link, a mention or a reference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from harness.report import prose
from harness.report.page import message_text

# Words that are nothing but words to every program that reads Markdown: no signs, links, mentions,
# references to issues or commits, formulas or emoji.
_PLAIN = re.compile(
    r"[^\W\d_]{1,30}(?:['’-][^\W\d_]{1,30})?|[-+]?\d{1,7}(?:[.,]\d{1,7})?|[-=+/–→]|"
)
_COMMIT = re.compile(r"[0-9a-fA-F]{7,}")
_FRAMED = re.compile(r"(\(?)(.*?)([.,;:!?)]*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, or a part of one: `space` is what stands before it, a space or nothing."""

    space: str
    text: str
    code: bool


def words(text: str) -> str:
    """A message as one line, not to begin one: what is not a plain word becomes code in it."""
    lines = (_line(line) for line in message_text(text).split("\n"))
    return "<br>".join(line for line in lines if line)


def code(text: str) -> str:
    """Any text as code within a line."""
    text = text.replace("\n", " ") or " "
    ticks = "`" * (_longest_run(text) + 1)
    room = " " if text.strip() and (text[0] in "` " or text[-1] in "` ") else ""
    return f"{ticks}{room}{text}{room}{ticks}"


def fenced(text: str) -> str:
    """Any text as a block of code, in lines of its own."""
    ticks = "`" * max(3, _longest_run(text) + 1)
    return f"{ticks}text\n{text}\n{ticks}"


def row(*cells: str) -> str:
    """A row of a table, of cells that are Markdown within a line."""
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def _line(text: str) -> str:
    found = ""
    for is_code, group in groupby(_words(text), lambda word: word.code):
        parts = list(group)
        inner = parts[0].text + "".join(part.space + part.text for part in parts[1:])
        found += parts[0].space + (code(inner) if is_code else inner)
    return found.strip()


def _words(text: str) -> Iterator[_Word]:
    space = ""
    for is_code, piece in prose.pieces(text):
        if is_code:
            yield _Word(space, piece, True)
            space = ""
            continue
        for found in re.finditer(r"(\s*)(\S+)", piece):
            yield from _parts(space or " " * bool(found[1]), found[2])
            space = ""
        space = " " * piece[-1].isspace()


def _parts(space: str, word: str) -> Iterator[_Word]:
    """A word: what it begins and ends with is left plain, and so is the rest, if it can be."""
    framed = _FRAMED.fullmatch(word)
    assert framed is not None, "each part may be empty"
    start, core, end = framed.groups()
    if "(" in core:
        closed = end.rfind(")") + 1
        core, end = core + end[:closed], end[closed:]
    plain = _PLAIN.fullmatch(core) is not None and not _COMMIT.fullmatch(core)
    for text, is_code in ((start, False), (core, not plain), (end, False)):
        if text:
            yield _Word(space, text, is_code)
            space = ""

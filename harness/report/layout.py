"""Lines that fit a width: wrapping and padding by the columns a terminal really uses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator


def columns(text: str) -> int:
    """How many terminal columns a line takes: East Asian wide characters two, accents none."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """The text in lines of at most `width` columns; `first` and `rest` start the lines.

    Spaces inside a line are kept, so source code stays readable; a word longer than a line is cut.
    """
    lines: list[str] = []
    for paragraph in text.expandtabs(4).split("\n"):
        prefix = rest if lines else first
        line = prefix
        for piece in _pieces(paragraph, max(2, width - max(columns(first), columns(rest)))):
            if columns(line) + columns(piece.rstrip()) > width and line != prefix:
                lines.append(line.rstrip())
                line = prefix = rest
                piece = piece.lstrip()
            line += piece
        lines.append(line.rstrip())
    return lines


def pad(text: str, width: int) -> str:
    """The text followed by spaces up to `width` columns."""
    return text + " " * (width - columns(text))


def fit(text: str, width: int) -> str:
    """The text in exactly `width` columns: padded, or cut with `..` at the end."""
    if columns(text) <= width:
        return pad(text, width)
    while columns(text) > width - 2:
        text = text[:-1]
    return pad(f"{text}..", width)


def _pieces(paragraph: str, width: int) -> Iterator[str]:
    for word in re.findall(r"\s*\S+", paragraph):
        part = ""
        for char in word:
            if columns(part) + _columns(char) > width:
                yield part
                part = ""
            part += char
        yield part


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1

"""Text from a submission made safe to show: nothing in it can move a cursor or reorder a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

# Control, format (bidi overrides, zero-width and tag characters), surrogate, private, unassigned,
# and the two separators that some programs take for a newline.
_UNSAFE = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))

# What a CI runner takes for a command to itself: `::` where a line starts, and anywhere `##[`, or
# `##vso[` for Azure. Both patterns take time in proportion to the text, whatever it is made of.
COLONS = re.compile(r"^([^\S\n]*):+(?=:)", re.MULTILINE)
SIGNS = re.compile(r"(?<!#)#+(?=#\w*\[)")


def clean(text: str) -> str:
    """The text with every character that is not plain writing spelled out, as in `\\x1b`.

    Newlines and tabs stay, and a Windows line end becomes a newline.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_spell(char, "\n\t") for char in text.replace("\r\n", "\n"))


def clean_line(text: str) -> str:
    """The text as one line: like `clean`, with newlines and tabs spelled out too."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_spell(char, "") for char in text)


def defused(text: str) -> str:
    """The text without the characters that would begin a command to a CI runner."""
    return SIGNS.sub("", COLONS.sub(r"\1", text))


def sizes(dimensions: Mapping[str, int]) -> str:
    """The sizes of dimensions as one says them, such as `N = 2, B = 3`."""
    return ", ".join(f"{clean_line(name)} = {size}" for name, size in dimensions.items())


def cap(text: str, limit: int) -> str:
    """At most `limit` characters of the text, followed by how many were left out, if any."""
    if len(text) <= limit:
        return text
    return f"{text[:limit]}... ({len(text) - limit} more characters)"


def _spell(char: str, kept: str) -> str:
    if char in kept or unicodedata.category(char) not in _UNSAFE:
        return char
    code = ord(char)
    if char in "\n\r\t":
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}[char]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"

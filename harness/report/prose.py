"""What stands between backticks in a message is code, in every format for people."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CODE = re.compile(r"`([^`\n]+)`")


def pieces(text: str) -> Iterator[tuple[bool, str]]:
    """The text in pieces that are not empty, each with whether it is code."""
    for place, piece in enumerate(_CODE.split(text)):
        if piece:
            yield place % 2 == 1, piece

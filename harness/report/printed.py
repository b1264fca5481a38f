"""What a submission printed, as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from harness.report.document import Output
from harness.report.text import clean

HEAD, TAIL = 10, 30


def title(stream: str, output: Output) -> str:
    """What the lines of a stream are, and whether there were more."""
    cut = " (cut short)" if output.truncated else ""
    return f"Printed by your program to {stream}{cut}"


def lines(text: str) -> list[str]:
    """The lines of a stream, repeated ones once; none where there is nothing to see."""
    return list(_counted(clean(text).rstrip("\n").split("\n"))) if text.strip() else []


def shortened(lines: Sequence[str]) -> Sequence[str]:
    """The first lines and the last ones, with how many are left out between them."""
    left = len(lines) - HEAD - TAIL
    if left <= 0:
        return lines
    return [*lines[:HEAD], f"... {left} lines left out", *lines[-TAIL:]]


def _counted(lines: list[str]) -> Iterator[str]:
    """The lines, repeated ones once: a function that prints does so each time JAX traces it."""
    for line, same in groupby(lines):
        times = len(list(same))
        yield f"{line}  ({times} times)" if times > 1 and line else line

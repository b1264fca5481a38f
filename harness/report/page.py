"""The page a report for people is written on: its width, its colours, its signs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harness.report.layout import wrap
from harness.report.text import cap, clean, defused

MESSAGE_LIMIT = 2_000


@dataclass(frozen=True, slots=True)
class Symbols:
    """The few signs outside ASCII that the report is written with."""

    passed: str = "✓"
    failed: str = "✗"
    arrow: str = "→"
    bar: str = "│"


ASCII = Symbols(passed="+", failed="x", arrow="->", bar="|")


@dataclass(frozen=True, slots=True)
class Page:
    """Writes lines that fit a width, in colours or not, with signs that the output can show."""

    width: int
    colour: bool
    symbols: Symbols

    def text(self, text: str, first: str = "", rest: str = "", mark: str = "") -> Iterator[str]:
        """Wrapped lines; `mark` colours what the first line starts with."""
        head, *tail = wrap(clean(text), self.width, first, rest)
        start, end = defused(head[: len(first)]), defused(head[len(first) :])
        yield self.paint(start, mark) + end
        yield from map(defused, tail)

    def whole(self, text: str, mark: str, first: str = "", rest: str = "") -> Iterator[str]:
        """Wrapped lines in one colour."""
        for line in wrap(clean(text), self.width, first, rest):
            yield self.paint(defused(line), mark)

    def paint(self, text: str, mark: str) -> str:
        """The text in the colour of a mark, where there are colours."""
        code = {"good": "32", "bad": "31", "warn": "33", "head": "1", "dim": "2"}.get(mark)
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and code and text else text


def message_text(text: str) -> str:
    """A message as it is shown: cleaned, and capped."""
    return cap(clean(text).strip("\n"), MESSAGE_LIMIT)

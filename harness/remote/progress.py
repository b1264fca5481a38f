"""What is said while one waits: a line that changes on a terminal, and why something takes long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TextIO

from harness.report.layout import fit
from harness.report.text import clean_line, defused


@dataclass(slots=True)
class Progress:
    """Says on `stream` how things stand, in `width` columns; in one line that changes if `live`."""

    stream: TextIO | None
    live: bool
    width: int
    _shown: str = ""

    def show(self, text: str) -> None:
        """How things stand now; nothing where a line cannot change."""
        line = fit(clean_line(text), self.width - 1)
        if self.live and line != self._shown:
            self._write(f"\r\x1b[K{line}")
            self._shown = line

    def note(self, text: str) -> None:
        """Something that stays to be read."""
        self.clear()
        self._write(f"jaxjudge: {defused(clean_line(text))}\n")

    def clear(self) -> None:
        """Leave the line empty for what is written next."""
        if self._shown:
            self._write("\r\x1b[K")
            self._shown = ""

    def _write(self, text: str) -> None:
        if self.stream is not None:
            encoding = self.stream.encoding or "utf-8"
            self.stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
            self.stream.flush()

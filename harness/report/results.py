"""The results of one run: all submissions that were asked for, judged or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from harness.report.document import Entry, Report


@dataclass(frozen=True, slots=True)
class Results:
    """What renderers for other programs are given; nothing else of a run is known to them.

    `entries` has one for each submission that was asked for, in that order, their texts clean as
    `reading.read` gives them. `started` is in UTC, `seconds` how long it all took. `unfinished`
    says why the run ended early, and is empty when it did not. `statements` are in Markdown, by
    problem id, where a renderer asked for them.
    """

    entries: tuple[Entry, ...]
    started: datetime
    seconds: float
    version: str
    unfinished: str = ""
    statements: Mapping[str, str] = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        """Whether there is something, and all of it was accepted."""
        return bool(self.entries) and all(
            isinstance(entry, Report) and entry.accepted for entry in self.entries
        )

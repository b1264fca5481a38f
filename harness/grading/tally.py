"""What is kept of a class's documents: counts, whose size does not grow with the class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

SLOWEST = 3
UNGRADED = "not graded"


@dataclass(slots=True)
class Tally:
    """Counts over graded files: how many got which verdict, scores in percent, the slowest.

    `kept` counts those that were judged before; `trouble` says why some could not be kept.
    """

    verdicts: Counter[str] = field(default_factory=Counter)
    percents: Counter[int] = field(default_factory=Counter)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    broken: int = 0
    kept: int = 0
    trouble: str = ""

    def add(self, document: Mapping[str, Any]) -> None:
        """Count one document: a report, or why there is none."""
        if "error" in document:
            self.verdicts[UNGRADED] += 1
            self.broken += document["error"]["kind"] == "judge"
            return
        verdict = str(document["verdict"])
        self.verdicts[verdict] += 1
        self.broken += verdict == "judge_error"
        if verdict != "judge_error" and document["max_score"]:
            self.percents[round(100 * document["score"] / document["max_score"])] += 1
        pair = (float(document["timings"]["total"]), str(document["submission"]["name"]))
        self.slowest = sorted([*self.slowest, pair], reverse=True)[:SLOWEST]

    @property
    def files(self) -> int:
        """How many files were counted."""
        return self.verdicts.total()

    @property
    def exit_code(self) -> int:
        """0 when every file was accepted, 3 when the judge failed for one, else 1."""
        if self.broken:
            return 3
        return int(self.verdicts["accepted"] != self.files)

    def scores(self) -> Mapping[str, float]:
        """Mean, median, lowest and highest score in percent; empty when no file was judged."""
        if not self.percents:
            return {}
        ordered = sorted(self.percents.elements())
        middle = len(ordered) // 2
        return {
            "mean": sum(ordered) / len(ordered),
            "median": (ordered[middle] + ordered[~middle]) / 2,
            "lowest": ordered[0],
            "highest": ordered[-1],
        }

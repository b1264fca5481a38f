"""An attack: a submission that tries something, and what the judge is to make of it.

A file of the corpus says in the first line of its docstring what it tries, and declares the rest in
comments after it:

    # expect: runtime_error, time_limit_exceeded    the verdicts it may get
    # levels: strict, basic                         the isolation it is tried under
    # then: honest                                  an accepted program is put behind it
    # wall: 1.5                                     seconds it may take, where that matters
    # twice: yes                                    judge it once more, by what it left behind

`expect` may be given for one level only, as in `# expect none: accepted`. Whatever an attack gains
it prints behind the word GOT. Words such as @TCP_PORT@ are replaced by what there is to be had.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from graders.verdict import Verdict

_SAMPLES = Path(__file__).parents[2] / "submissions" / "scan_training_step"
FOLDER = Path(__file__).parent / "corpus"
HONEST = (_SAMPLES / "accepted" / "grad.py").read_bytes()
LEVELS = ("strict", "basic", "none")
_FIELD = re.compile(rb"^# ([a-z ]+): (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Attack:
    """One file of the corpus."""

    path: Path
    fields: Mapping[str, str]

    @property
    def levels(self) -> tuple[str, ...]:
        """Levels of isolation it is tried under: all, unless it could do harm there."""
        text = self.fields.get("levels", ", ".join(LEVELS))
        return tuple(text.split(", "))

    @property
    def wall_seconds(self) -> float:
        """Seconds it may take; others than those that are to run out of them have plenty."""
        return float(self.fields.get("wall", "15"))

    @property
    def twice(self) -> bool:
        """Whether it is judged a second time."""
        return self.fields.get("twice") == "yes"

    def verdicts(self, level: str) -> set[Verdict]:
        """The verdicts it may get under a level."""
        text = self.fields.get(f"expect {level}", self.fields["expect"])
        return {Verdict(name) for name in text.split(", ")}

    def source(self, words: Mapping[str, str]) -> bytes:
        """The submission, with its targets filled in."""
        source = self.path.read_bytes()
        for word, value in words.items():
            source = source.replace(f"@{word}@".encode(), value.encode())
        return source + (b"\n\n" + HONEST if self.fields.get("then") == "honest" else b"")


def read(path: Path) -> Attack:
    """An attack with what it declares."""
    found = _FIELD.findall(path.read_bytes())
    return Attack(path, {name.decode(): value.decode() for name, value in found})


def corpus() -> list[Attack]:
    """Every attack there is, by name."""
    return [read(path) for path in sorted(FOLDER.glob("*.py"))]

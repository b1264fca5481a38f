"""How a run judges: what all its workers are told."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from harness.report.detail import MOST


@dataclass(frozen=True, slots=True)
class Terms:
    """How to judge.

    `require` and `most` are those of `Engine`; `problem` is the id of every submission's problem,
    or empty to find it for each; `hints` is how much help reports give; with `shown` they have the
    program too. `roots` are the folders of problems, if not those of the standard library. With a
    `version`, workers make ready for `problem` at once, and judge by no other version of it. `kept`
    is the folder of reports that were judged before, or empty to judge everything.
    """

    require: str = "none"
    most: str = "strict"
    problem: str = ""
    hints: int = MOST
    shown: bool = False
    roots: tuple[str, ...] = ()
    version: str = ""
    kept: str = ""

    @property
    def text(self) -> str:
        """The terms as one argument of a command line."""
        return json.dumps(asdict(self))

    @classmethod
    def parse(cls, text: str) -> Terms:
        """The terms that `text` was made of."""
        found = json.loads(text)
        return cls(**{**found, "roots": tuple(found["roots"])})


DEFAULT = Terms()

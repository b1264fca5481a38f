"""Where one judging is judged: the problems of this machine, and an engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from graders.steps import Watcher
from harness.engine import Engine
from harness.errors import ProblemError
from harness.problem.library import Library
from harness.problem.model import Problem
from harness.report import jsondoc
from harness.report.document import Report
from harness.store.fleet import Known
from harness.store.queue import Claim, Outcome

if TYPE_CHECKING:
    from graders.verdict import Verdict
    from graders.view import View

PACKAGES = ("jaxjudge", "jax", "jaxlib", "numpy")
_Samples = Sequence[tuple["Verdict", Path]]


@dataclass(frozen=True, slots=True)
class Bench:
    """An engine, and the problems it can judge by, by their versions."""

    engine: Engine
    problems: dict[str, tuple[Problem, _Samples]]

    @classmethod
    def of(cls, engine: Engine, library: Library) -> Bench:
        """With all problems of a library but those with mistakes."""
        return cls(engine, {p.version: (p, library.samples(p.id)) for p in loaded(library)})

    def judge(self, claim: Claim, watcher: Watcher) -> Outcome:
        """What a worker brings for a claim; `watcher` is told of each step.

        Raises `ProblemError` when the problem cannot be judged by, `MachineError` when the machine
        fails.
        """
        problem, samples = self.problems[claim.version]
        report = self.engine.judge(claim.source, claim.name, problem, samples, True, watcher)
        judgement = report.judgement
        return Outcome(
            str(judgement.verdict),
            float(judgement.score),
            float(judgement.max_score),
            _equations(report),
            jsondoc.to_document(report),
        )


def loaded(library: Library) -> list[Problem]:
    """The problems of a library that have no mistakes."""
    found: list[Problem] = []
    for id in library.ids():
        try:
            found.append(library.load(id))
        except ProblemError:
            continue  # its author is told by `jaxjudge verify`
    return found


def known(problems: Sequence[Problem]) -> list[Known]:
    """What the store is told of problems."""
    return [Known(p.version, p.id, p.title, p.level) for p in problems]


def packages() -> dict[str, str]:
    """The versions of what a verdict depends on."""
    return {name: version(name) for name in PACKAGES}


def _equations(report: Report) -> int | None:
    """How many equations the loops of an accepted program have; all, where it has none."""
    program = report.program
    if program is None or str(report.judgement.verdict) != "accepted":
        return None
    return _inside(program) or len(program.rows)


def _inside(program: View) -> int:
    return sum(row.text.startswith(" ") for row in program.rows)

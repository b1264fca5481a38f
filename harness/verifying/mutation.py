"""The points of a verification that mutants give."""

from __future__ import annotations

import time
from collections.abc import Iterator

from graders.bank import Bank
from graders.mutants import score, told
from graders.mutation.equivalence import Relation
from graders.rubric import Rubric
from harness.verification import Outcome, Point


def mutation_points(rubric: Rubric, bank: Bank) -> Iterator[Point]:
    """A point for the score, and one for each mutant that is not known to compute the same."""
    started = time.perf_counter()
    found = score(rubric, bank)
    equal = sum(survivor.harmless for survivor in found.survivors)
    same = f", {equal} shown to compute the same" if equal else ""
    text = f"{found.mutants} mutants, {found.killed} told apart by {found.needed} batches{same}"
    outcome = Outcome.PASSED if found.mutants else Outcome.WARNING
    yield Point("mutation", "score", outcome, text, (), time.perf_counter() - started)
    for survivor in found.survivors:
        if not survivor.harmless:
            missed = survivor.own and survivor.comparison.relation is Relation.DIFFERENT
            outcome = Outcome.FAILED if missed else Outcome.WARNING
            yield Point("mutation", survivor.name, outcome, survivor.description, [*told(survivor)])

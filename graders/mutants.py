"""Do a problem's batches tell its reference from its mutants? The score, and what passes unseen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graders.bank import Arrays, Bank
from graders.correctness import alike, tolerances
from graders.inputs import Batch
from graders.jaxpr.model import Program
from graders.mutation.diff import diff
from graders.mutation.equivalence import Comparison, Relation, compare
from graders.mutation.exact import Pair
from graders.mutation.families import Family, families
from graders.mutation.kill import Outcome, Part, Question, Same, fate
from graders.rubric import Rubric
from graders.subject import Oracle

_POINTS = 512


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that no batch tells from the reference.

    `change` are the lines in which it differs from it, `comparison` what is known of the two.
    `own` says that it changes what the reference's author wrote, not what JAX's own code does.
    """

    name: str
    description: str
    change: tuple[str, ...]
    comparison: Comparison
    own: bool

    @property
    def harmless(self) -> bool:
        """Whether it computes the same as far as a problem asks: proven, or within the ranges."""
        if self.comparison.relation is Relation.EQUIVALENT:
            return True
        return self.comparison.relation is Relation.DIFFERENT and self.comparison.needed is None


@dataclass(frozen=True, slots=True)
class Score:
    """How many mutants there are, how many the batches tell apart, and which they do not.

    `needed` is how many batches it takes, in order, to notice all that are noticed.
    """

    mutants: int
    killed: int
    needed: int
    survivors: tuple[Survivor, ...]


def score(rubric: Rubric, bank: Bank, oracle: Oracle | None = None) -> Score:
    """Run every mutant of the reference on the bank, and compare the survivors with it.

    Of shapes with an extent of 1, and others, only the others are used: with one element, a sum is
    a maximum, and one axis is like another.
    """
    plain = [n for n, shape in enumerate(bank.shapes) if all(size > 1 for _, size in shape)]
    chosen = plain or range(len(bank.shapes))
    references = [bank.programs[n] for n in chosen]
    questions = [_questions(bank, n) for n in chosen]
    same = _same(rubric)
    killed, needed = 0, 0
    survivors: list[Survivor] = []
    found = families(references)
    for family in found:
        parts = [Part(program, questions[n]) for n, program in family.programs.items()]
        end = fate(parts, same, oracle)
        if end.outcome is Outcome.SURVIVED:
            survivors.append(_survivor(rubric, references, family, same, oracle))
        else:
            killed += 1
            needed = max(needed, end.needed or 0)
    return Score(len(found), killed, needed, tuple(survivors))


def _questions(bank: Bank, position: int) -> list[Question]:
    return [
        Question(number, bank.batches[number].arguments, bank.expected[number])
        for number in bank.of_shape(bank.shapes[position])
    ]


def _same(rubric: Rubric) -> Same:
    def same(arguments: Arrays, expected: Arrays, found: Arrays) -> bool:
        return alike(expected, found, tolerances(rubric, Batch((), arguments), expected))

    return same


def _survivor(
    rubric: Rubric,
    references: Sequence[Program],
    family: Family,
    same: Same,
    oracle: Oracle | None,
) -> Survivor:
    pairs = [Pair(references[n], program) for n, program in family.programs.items()]
    ranges = [(argument.low, argument.high) for argument in rubric.arguments]
    names = [argument.name for argument in rubric.arguments]
    last = pairs[-1]
    change = diff(last.reference, last.mutant, names)
    comparison = compare(pairs, ranges, same, oracle, _POINTS)
    return Survivor(family.name, family.description, change, comparison, family.own)


def told(survivor: Survivor) -> Iterator[str]:
    """What is known of a survivor, and the lines in which it differs."""
    comparison = survivor.comparison
    yield comparison.evidence
    if comparison.needed is not None:
        yield f"batches = {comparison.needed} would be enough for one of that kind to show it"
    yield from survivor.change

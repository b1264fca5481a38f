"""Is a mutant that survives another function at all? A proof, a batch that says no, or neither."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from graders.jaxpr.interpret import Budget, Evaluator
from graders.jaxpr.model import Array, Program
from graders.mutation.canonical import same_form
from graders.mutation.exact import Pair, Proof, disagreement, proof
from graders.mutation.kill import Same
from graders.mutation.points import Range, beyond, draw, inside, ties
from graders.mutation.run import FAILURES, Arrays, finite, results
from graders.subject import Oracle

DRAWN = 2048
_AT_ONCE = 64
_BEYOND = 128
_APART = 1e-6
_EQUATIONS = 100_000
_ELEMENTS = 1 << 24
_LARGEST = 1 << 22


class Relation(StrEnum):
    """What is known of a mutant and its reference."""

    EQUIVALENT = "equivalent"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is known of a mutant and its reference, and on what grounds.

    `witness` are arguments on which they differ, `pair` says for which shape. `needed` is how many
    random batches from the declared ranges, drawn for one shape after the other, it took to meet a
    difference: the number of batches a problem would need. It is None when none was met.
    """

    relation: Relation
    evidence: str
    witness: Arrays = ()
    pair: int = 0
    needed: int | None = None


def compare(
    pairs: Sequence[Pair],
    ranges: Sequence[Range],
    same: Same,
    oracle: Oracle | None = None,
    most: int = DRAWN,
) -> Comparison:
    """Compare a mutant with its reference, for every shape it has.

    `ranges` are those of the arguments. `same` says of arguments, expected and found results of a
    batch from these ranges whether they are taken to agree; about `most` batches are drawn from
    them. `oracle` evaluates what the interpreter has no rule for.
    """
    written = [pair for pair in pairs if not same_form(pair.reference, pair.mutant)]
    if not written:
        return Comparison(Relation.EQUIVALENT, "they are the same once written in one form")
    proofs = [proof(pair, ranges) for pair in written]
    found = [each for each in proofs if each is not None]
    if len(found) == len(proofs):
        return Comparison(Relation.EQUIVALENT, _proven(found))
    return _Comparer(pairs, ranges, same, oracle, most).compare()


@dataclass(frozen=True, slots=True)
class _Comparer:
    """Looks for a difference between programs that are not known to be equal."""

    pairs: Sequence[Pair]
    ranges: Sequence[Range]
    same: Same
    oracle: Oracle | None
    most: int

    def compare(self) -> Comparison:
        met, drawn = self.within()
        if met is not None:
            return met
        witness, points = self.exactly(drawn)
        if witness is not None:
            return witness
        apart, more = self.beyond(drawn)
        if apart is not None:
            return apart
        evidence = f"no difference found on {drawn + more:,} points in float64"
        exactly = f", nor on {points:,} in exact arithmetic" if points else ""
        return Comparison(Relation.UNKNOWN, evidence + exactly)

    def within(self) -> tuple[Comparison | None, int]:
        """A random batch from the declared ranges that tells them apart, or how many do not."""
        drawn = 0
        for turn in range(-(-self.most // (_AT_ONCE * len(self.pairs)))):
            met = []
            for number, pair in enumerate(self.pairs):
                batches = draw(inside, pair.reference, self.ranges, (turn, number), _AT_ONCE)
                place, seen = self.first(pair, batches, self.same)
                drawn += seen
                if place is not None:
                    needed = (turn * _AT_ONCE + place) * len(self.pairs) + number + 1
                    met.append((needed, number, batches[place]))
            if met:
                needed, number, batch = min(met, key=lambda found: found[0])
                evidence = f"they differ on batch {needed:,} of random ones from the ranges"
                return Comparison(Relation.DIFFERENT, evidence, batch, number, needed), drawn
        return None, drawn

    def exactly(self, drawn: int) -> tuple[Comparison | None, int]:
        """A point at which exact results differ, or at how many they do not."""
        agreed = 0
        for number, pair in enumerate(self.pairs):
            point, equal = disagreement(pair, self.ranges)
            agreed += equal
            if point is not None:
                return self.apart("in exact arithmetic", drawn, point, number), agreed
        return None, agreed

    def beyond(self, drawn: int) -> tuple[Comparison | None, int]:
        """A point beyond the ranges, or of ties, where float64 differs, or how many do not."""
        tried = 0
        for number, pair in enumerate(self.pairs):
            for turn, kind in enumerate((beyond, ties)):
                points = draw(kind, pair.reference, self.ranges, (turn, number), _BEYOND)
                place, seen = self.first(pair, points, _near)
                tried += seen
                if place is not None:
                    return self.apart("in float64", drawn, points[place], number), tried
        return None, tried

    def apart(self, where: str, drawn: int, point: Arrays, number: int) -> Comparison:
        evidence = f"they differ {where}, but on none of {drawn:,} random batches from the ranges"
        return Comparison(Relation.DIFFERENT, evidence, point, number)

    def first(self, pair: Pair, batches: Sequence[Arrays], same: Same) -> tuple[int | None, int]:
        """The first of some batches on which the programs differ, and how many were compared.

        Batches on which the reference is not finite say nothing.
        """
        expected, found = self.given(pair.reference, batches), self.given(pair.mutant, batches)
        compared = 0
        for number, (batch, wanted) in enumerate(zip(batches, expected, strict=False)):
            if wanted is None:
                break
            values, counts = next(found), finite(wanted)
            compared += counts
            if values is None or (counts and not same(batch, wanted, values)):
                return number, compared
        return None, compared

    def given(self, program: Program, batches: Sequence[Arrays]) -> Iterator[Arrays | None]:
        """What a program gives for each batch, None from where it fails."""
        budget = Budget(_EQUATIONS, _ELEMENTS, _LARGEST)
        with suppress(*FAILURES):
            yield from results(program, batches, Evaluator(budget=budget, oracle=self.oracle))
        while True:
            yield None


def _proven(proofs: Sequence[Proof]) -> str:
    points, bits = min(p.points for p in proofs), min(p.bits for p in proofs)
    degree = max(p.degree for p in proofs)
    return (
        f"they are equal in exact arithmetic at {points} random points for each shape; different "
        f"functions of degree up to {degree} would be with a probability below 2**-{bits}"
    )


def _near(arguments: Arrays, expected: Arrays, found: Arrays) -> bool:
    """Whether results agree as well as two orders of the same operations do."""
    return all(_close(a, b) for a, b in zip(expected, found, strict=True))


def _close(expected: Array, found: Array) -> bool:
    if expected.dtype.kind not in "fc":
        return bool(np.array_equal(expected, found))
    with np.errstate(all="ignore"):
        gap, size = np.abs(found - expected), np.abs(expected).max(initial=1.0)
    return bool(np.all(gap <= _APART * size))

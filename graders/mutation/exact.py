"""Two programs in exact arithmetic: a point at which they differ, or a proof that none is likely.

A program that only adds, multiplies and divides is a quotient of two polynomials in the elements of
its arguments. Two different ones agree at a random point with a probability of at most d / s, where
each element is drawn from s numbers and d is the degree of the polynomial that is zero where they
agree (Schwartz, Zippel).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from graders.jaxpr.arithmetic import EXACT, NotExact
from graders.jaxpr.interpret import Budget, Evaluator
from graders.jaxpr.model import Program
from graders.mutation.degree import Degree, degrees
from graders.mutation.points import Kind, Range, coarse, draw, huge, ties
from graders.mutation.run import FAILURES, Arrays

CERTAINTY = 64
_EQUATIONS = 200_000
_ELEMENTS = 1 << 20
_TRIED = 8
_MOST_POINTS = 16
_SIZES = (40, 24, 16, 10)
_KINDS: Sequence[Kind] = (coarse, ties, huge(10))


@dataclass(frozen=True, slots=True)
class Pair:
    """A reference and its mutant for one shape, in normal form."""

    reference: Program
    mutant: Program


@dataclass(frozen=True, slots=True)
class Proof:
    """That two programs are equal, but for a probability of `2 ** -bits`.

    They were equal at so many points; two different functions of this degree would hardly be.
    """

    points: int
    degree: int
    bits: int


def disagreement(pair: Pair, ranges: Sequence[Range]) -> tuple[Arrays | None, int]:
    """Arguments on which the exact results differ, and at how many others they were equal.

    The arguments are within the declared ranges if such were met.
    """
    agreed = 0
    for number, kind in enumerate(_KINDS):
        points = draw(kind, pair.reference, ranges, (number,), _TRIED)
        for point, equal in _judged(pair, points):
            if not equal:
                return point, agreed
            agreed += 1
    return None, agreed


def proof(pair: Pair, ranges: Sequence[Range]) -> Proof | None:
    """A proof that both are the same function; None when there is none to be had this way."""
    left, right = degrees(pair.reference), degrees(pair.mutant)
    if left is None or right is None:
        return None
    degree = _zeros(left, right)
    for bits in _SIZES:
        gain = bits + 1 - math.log2(degree)
        count = math.ceil(CERTAINTY / gain) if gain > 0 else _MOST_POINTS + 1
        if count > _MOST_POINTS:
            return None
        points = draw(huge(bits), pair.reference, ranges, (bits,), count + 1)
        verdicts = [equal for _, equal in _judged(pair, points)]
        if not all(verdicts):
            return None
        # Where a divisor is zero nothing is said: any so many of the points drawn may have agreed.
        # Each size tried is one more chance to be wrong.
        chances = math.comb(len(points), len(verdicts)) * len(_SIZES)
        won = math.floor(len(verdicts) * gain - math.log2(chances))
        if won >= CERTAINTY:
            return Proof(len(verdicts), degree, won)
    return None


def _zeros(left: Sequence[Degree], right: Sequence[Degree]) -> int:
    """The degree of what is zero where two lists of quotients agree; 1 at the least."""
    crossed = [max(a.above + b.below, b.above + a.below) for a, b in zip(left, right, strict=True)]
    return max([1, *crossed])


def _judged(pair: Pair, points: Sequence[Arrays]) -> Iterator[tuple[Arrays, bool]]:
    """The points at which both programs have exact results, and whether these are equal."""
    evaluator = Evaluator(EXACT, Budget(_EQUATIONS, _ELEMENTS, _ELEMENTS))
    try:
        mine, theirs = evaluator.prepare(pair.reference), evaluator.prepare(pair.mutant)
        for point in points:
            try:
                results = zip(mine(point), theirs(point), strict=True)
            except NotExact:
                continue
            yield point, all(np.array_equal(a, b) for a, b in results)
    except FAILURES:
        return

"""A survivor is proven equal, shown to differ, or left open."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
from jax import lax

from graders.mutation.equivalence import Comparison, Relation, compare
from graders.mutation.exact import Pair
from graders.mutation.run import Arrays
from tests.graders.mutation.changes import ONE, Negates, normal
from tests.graders.programs import SCALAR, applied

LINE = np.ones(3, np.float32)
RANGES = [(-2.0, 2.0), (-2.0, 2.0)]


def close(arguments: Arrays, expected: Arrays, found: Arrays) -> bool:
    return all(np.allclose(a, b) for a, b in zip(expected, found, strict=True))


def compared(left: Any, right: Any, shapes: int = 1, most: int = 512) -> Comparison:
    pairs = [
        Pair(*(normal(function, np.ones(2 + n, np.float32), ONE) for function in (left, right)))
        for n in range(shapes)
    ]
    return compare(pairs, RANGES, close, most=most)


def test_what_is_only_written_otherwise_is_equivalent() -> None:
    found = compared(lambda x, w: x * w, lambda x, w: w * x * 1)
    assert found == Comparison(Relation.EQUIVALENT, "they are the same once written in one form")


def test_equal_polynomials_are_equivalent() -> None:
    found = compared(lambda x, w: (x + w) ** 2, lambda x, w: x * x + 2 * x * w + w * w, 3)
    assert found.relation is Relation.EQUIVALENT
    assert found.evidence == (
        "they are equal in exact arithmetic at 3 random points for each shape; different functions "
        "of degree up to 2 would be with a probability below 2**-118"
    )
    assert found.needed is None


def test_a_difference_within_the_ranges_says_how_many_batches_it_takes() -> None:
    found = compared(lambda x, w: w * 1.0, lambda x, w: jnp.minimum(w, 1.97), 3)
    assert found.relation is Relation.DIFFERENT
    assert found.needed is not None
    assert found.evidence == f"they differ on batch {found.needed} of random ones from the ranges"
    assert found.pair == (found.needed - 1) % 3
    assert found.witness[0].shape == (2 + found.pair,)
    assert found.witness[1] > 1.97
    at_once = compared(lambda x, w: w, lambda x, w: w + 1, 3)
    assert (at_once.needed, at_once.pair) == (1, 0)


def test_a_difference_too_small_to_be_seen_is_one_in_exact_arithmetic() -> None:
    found = compared(lambda x, w: w, lambda x, w: w + 2.0**-30)
    assert found.relation is Relation.DIFFERENT
    assert found.needed is None
    assert found.evidence == (
        "they differ in exact arithmetic, but on none of 512 random batches from the ranges"
    )


def test_a_difference_beyond_the_ranges_is_met_in_float64() -> None:
    found = compared(lambda x, w: jnp.sin(w), lambda x, w: jnp.sin(jnp.maximum(w, -3)))
    assert found.relation is Relation.DIFFERENT
    assert found.evidence.startswith("they differ in float64, but on none of 512")
    assert found.witness[1] < -3


def test_a_difference_on_ties_only_is_met() -> None:
    found = compared(
        lambda x, w: jnp.where(x[0] < w, jnp.exp(w), 0),
        lambda x, w: jnp.where(x[0] <= w, jnp.exp(w), 0),
    )
    assert found.relation is Relation.DIFFERENT
    assert found.witness[0][0] == found.witness[1]


def test_what_is_neither_proven_nor_seen_is_unknown() -> None:
    found = compared(lambda x, w: jnp.exp(w) * jnp.exp(w), lambda x, w: jnp.exp(2 * w))
    assert found == Comparison(Relation.UNKNOWN, "no difference found on 768 points in float64")
    found = compared(lambda x, w: jnp.abs(w * x), lambda x, w: jnp.abs(w) * jnp.abs(x), 2)
    assert found == Comparison(
        Relation.UNKNOWN,
        "no difference found on 1,024 points in float64, nor on 48 in exact arithmetic",
    )


def test_whole_and_complex_results_are_compared_too() -> None:
    found = compared(lambda x, w: (w > 0, w * 1j), lambda x, w: (w > 0, jnp.exp(0) * w * 1j))
    assert found.relation is Relation.UNKNOWN
    found = compared(lambda x, w: w > -1e6, lambda x, w: jnp.maximum(w, -3) > -4)
    assert found.relation is Relation.UNKNOWN


def test_a_mutant_that_fails_is_different() -> None:
    def ends(x: Any, w: Any) -> Any:
        return lax.while_loop(lambda v: v < 1, lambda v: v + 1, w)

    def endless(x: Any, w: Any) -> Any:
        return lax.while_loop(lambda v: v < 1, lambda v: v - 1, w)

    assert compared(ends, endless).needed == 1


def test_nothing_is_said_where_the_reference_is_not_finite() -> None:
    found = compared(lambda x, w: jnp.log(w), lambda x, w: jnp.log(jnp.maximum(w, -9) + 0))
    assert found.relation is Relation.UNKNOWN
    counted = int(found.evidence.split()[4])
    assert 200 < counted < 600


def test_nothing_is_said_of_what_cannot_be_evaluated_but_with_an_oracle() -> None:
    pairs = [Pair(applied("odd", [SCALAR], SCALAR), applied("neg", [SCALAR], SCALAR))]
    found = compare(pairs, RANGES[:1], close)
    assert found == Comparison(Relation.UNKNOWN, "no difference found on 0 points in float64")
    known = compare(pairs, RANGES[:1], close, Negates(), most=64)
    assert known == Comparison(Relation.UNKNOWN, "no difference found on 320 points in float64")

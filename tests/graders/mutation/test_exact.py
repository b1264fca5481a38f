"""Exact arithmetic tells polynomials apart, and proves them equal."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jax import lax

from graders.jaxpr.model import Program
from graders.jaxpr.normalize import normalize
from graders.mutation import exact
from graders.mutation.exact import CERTAINTY, Pair, disagreement, proof
from graders.mutation.mutant import mutants
from tests.graders.exercise import reference
from tests.graders.jaxpr.strategies import arguments, programs, written
from tests.graders.mutation.changes import ONE, normal, run

LINE = np.ones(3, np.float32)
ROWS = np.ones((2, 2), np.float32)
RANGES = [(-2.0, 2.0), (-2.0, 2.0)]


def pair(left: Any, right: Any) -> Pair:
    return Pair(normal(left, LINE, ONE), normal(right, LINE, ONE))


EQUAL: dict[str, tuple[Any, Any]] = {
    "square": (lambda x, w: (x + w) ** 2, lambda x, w: x * x + 2 * w * x + w * w),
    "quotient": (lambda x, w: 1 / x - 1 / w, lambda x, w: (w - x) / (x * w)),
    "cancelled": (lambda x, w: x * w / w, lambda x, w: x),
    "order of a scan": (
        lambda x, w: lax.scan(lambda w, r: (w + r, None), w, x)[0],
        lambda x, w: w + jnp.sum(x),
    ),
    "constants": (lambda x, w: jnp.float32(2) + 2, lambda x, w: jnp.float32(4)),
}


@pytest.mark.parametrize("name", EQUAL)
def test_equal_functions_are_proven_equal(name: str) -> None:
    both = pair(*EQUAL[name])
    found = proof(both, RANGES)
    assert found is not None
    assert found.bits >= CERTAINTY
    assert found.points >= 1
    assert disagreement(both, RANGES)[0] is None


def test_other_functions_are_not() -> None:
    both = pair(lambda x, w: x * w, lambda x, w: x * w + 2.0**-20)
    assert proof(both, RANGES) is None
    point, agreed = disagreement(both, RANGES)
    assert agreed == 0
    assert point is not None
    assert all(np.all(np.abs(value) <= 2) for value in point)


def test_functions_that_part_only_far_away_are_told_apart() -> None:
    both = pair(lambda x, w: jnp.maximum(w, -100), lambda x, w: w)
    assert proof(both, RANGES) is None
    point, agreed = disagreement(both, RANGES)
    assert agreed >= 16
    assert point is not None
    assert point[1] < -100


def test_functions_that_part_only_on_ties_are_told_apart() -> None:
    both = pair(
        lambda x, w: jnp.where(x[0] == x[1], 1.0, 0.0), lambda x, w: jnp.where(x[0] == w, 1.0, 0.0)
    )
    point, _ = disagreement(both, RANGES)
    assert point is not None


def test_what_has_no_exact_value_is_neither() -> None:
    both = pair(lambda x, w: jnp.sin(x), lambda x, w: jnp.sin(x) + 0)
    assert proof(both, RANGES) is None
    assert disagreement(both, RANGES) == (None, 0)
    fixed = pair(lambda x, w: x * jnp.exp(1.0), lambda x, w: jnp.exp(1.0) * x)
    assert proof(fixed, RANGES) is None
    never = pair(lambda x, w: x / (w - w), lambda x, w: x / (w * 0))
    assert proof(never, RANGES) is None
    assert disagreement(never, RANGES) == (None, 0)


def test_high_degrees_take_numbers_of_fewer_digits() -> None:
    def power(count: int) -> Pair:
        def left(x: Any, w: Any) -> Any:
            return lax.integer_pow(lax.integer_pow(w, 60), count) * w

        return pair(left, lambda x, w: w * lax.integer_pow(lax.integer_pow(w, count), 60))

    low, high = proof(power(1), RANGES), proof(power(5), RANGES)
    assert low is not None
    assert high is not None
    assert (low.degree, high.degree) == (61, 301)
    assert high.points > low.points
    assert proof(power(60), RANGES) is None


def test_points_at_which_nothing_can_be_said_make_the_proof_weaker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    both = pair(lambda x, w: x + w, lambda x, w: w + x)
    full = proof(both, RANGES)
    judged = exact._judged
    monkeypatch.setattr(exact, "_judged", lambda *args: list(judged(*args))[:-1])
    fewer = proof(both, RANGES)
    assert full is not None
    assert fewer is not None
    assert fewer.points == full.points - 1
    assert fewer.bits < full.bits


def test_mutants_of_a_training_loop_are_other_functions() -> None:
    program = normal(reference, ONE, ONE, ROWS, ROWS)
    ranges = [(-3.0, 3.0), (0.01, 0.06), (-2.0, 2.0), (-2.0, 2.0)]
    for mutant in mutants(program):
        point, _ = disagreement(Pair(program, mutant.program), ranges)
        assert point is not None or "max" in mutant.name or "min" in mutant.name, mutant.name


@given(programs() | written(), st.lists(arguments(), min_size=3, max_size=3))
@settings(max_examples=30, deadline=None)
def test_mutants_proven_equal_give_the_same(program: Program, batches: Any) -> None:
    original = normalize(program)
    ranges = [(-2.0, 2.0)] * 3
    for mutant in mutants(original, 20):
        if proof(Pair(original, mutant.program), ranges) is not None:
            for values in batches:
                both = zip(run(original, *values), run(mutant.program, *values), strict=True)
                for mine, theirs in both:
                    np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-9)

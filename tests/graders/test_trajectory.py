from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jax.numpy as jnp
import pytest
from jax import lax

from graders.jaxpr.normalize import normalize
from graders.rubric import Argument, Result, Rubric, ScanRule, Signature, Structure
from graders.trajectory import compare
from graders.verdict import Moment
from tests.graders.exercise import RUBRIC, bank, gradient, reference, trace

SHAPE = (("N", 3), ("B", 3))
LAST = (("N", 6), ("B", 4))
RATED = replace(RUBRIC, rate="lr")
SUMS = replace(
    RUBRIC,
    arguments=(Argument("x", ("N",), "float32", -2, 2),),
    results=(Result(("N",), "float32"),),
    signature=Signature.flat(("x",)),
    structure=Structure(ScanRule("N", (), ("x",))),
)
SCHEDULED = replace(
    RUBRIC,
    arguments=(
        RUBRIC.arguments[0],
        Argument("lrs", ("N",), "float32", 1 / 128, 1 / 16),
        *RUBRIC.arguments[2:],
    ),
    signature=Signature.flat(("w", "lrs", "x_batches", "y_batches")),
    structure=Structure(ScanRule("N", ("w",), ("lrs", "x_batches", "y_batches"))),
    rate="lrs",
)


def way(
    function: Callable[..., Any], rubric: Rubric = RUBRIC, right: Callable[..., Any] = reference
) -> tuple[Moment, ...]:
    drawn = bank(right, rubric)
    batch = drawn.batches[drawn.of_shape(SHAPE if SHAPE in drawn.shapes else LAST)[-1]]
    learner, theirs = (
        normalize(trace(f, batch.dimensions, rubric).program) for f in (function, right)
    )
    return compare(rubric, learner, theirs, batch)


def doubled(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return lax.scan(lambda w, r: (w - 2 * lr * gradient(w, *r), None), w, (xs, ys))[0]


def late(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    """Right for two steps; the weight is kept as a vector of one, behind a counter."""

    def body(carry: Any, row: Any) -> Any:
        count, w = carry
        moved = w - lr * gradient(w[0], *row) + jnp.where(count >= 2, 1.0, 0.0)
        return (count + 1, moved), None

    return lax.scan(body, (0, w[None]), (xs, ys))[0][1][0]


def test_the_way_ends_where_the_carries_part() -> None:
    found = way(late)
    assert [(moment.step, moment.same) for moment in found] == [
        (0, True), (1, True), (2, True), (3, False),
    ]  # fmt: skip
    assert found[0].expected == found[0].got
    assert found[3].got["w"] - found[3].expected["w"] == pytest.approx(1)
    assert all(not moment.gradients for moment in found)


def test_a_right_carry_goes_all_the_way() -> None:
    found = way(reference)
    assert len(found) == 4
    assert all(moment.same for moment in found)


def test_the_gradients_are_those_the_steps_imply() -> None:
    start, first = way(doubled, RATED)
    assert not start.gradients
    expected, got = first.gradients["w"]
    assert got == pytest.approx(2 * expected)


def scheduled(w: Any, lrs: Any, xs: Any, ys: Any) -> Any:
    return lax.scan(lambda w, r: (w - r[0] * gradient(w, *r[1:]), None), w, (lrs, xs, ys))[0]


def test_each_step_may_have_a_rate_of_its_own() -> None:
    found = way(scheduled, SCHEDULED, scheduled)
    assert all(m.gradients["w"][0] == pytest.approx(m.gradients["w"][1]) for m in found[1:])


def sums(x: Any) -> Any:
    return lax.scan(lambda total, v: (total + v, total + v), jnp.float32(0), x)[1]


def late_sums(x: Any) -> Any:
    return lax.scan(lambda total, v: (total + v, total), jnp.float32(0), x)[1]


def twice(x: Any) -> Any:
    return lax.scan(lambda total, v: (total + 2 * v, total), jnp.float32(0), x)[1]


def means(x: Any) -> Any:
    def body(carry: Any, v: Any) -> Any:
        total, count = carry[0] + v, carry[1] + 1
        return (total, count), total / count

    return lax.scan(body, (jnp.float32(0), jnp.float32(0)), x)[1]


def test_a_loop_that_starts_from_a_constant_is_followed_if_it_is_one_number() -> None:
    assert [moment.same for moment in way(late_sums, SUMS, sums)] == [True] * 7
    found = way(twice, SUMS, sums)
    assert not found[-1].same
    assert set(found[-1].expected) == {"carry"}
    assert way(means, SUMS, means) == ()


@pytest.mark.parametrize(
    "function",
    [
        lambda w, lr, xs, ys: w - lr,
        lambda w, lr, xs, ys: lax.scan(lambda c, x: (c + x[0], None), w * 7 + 1, xs)[0],
        lambda w, lr, xs, ys: lax.fori_loop(0, 9, lambda i, c: c + xs[0, 0], w),
        lambda w, lr, xs, ys: lax.cond(
            lr > 9, lambda: lax.scan(lambda c, x: (c + x[0], None), w, xs)[0], lambda: w
        ),
    ],
)
def test_what_carries_no_weight_has_no_way(function: Callable[..., Any]) -> None:
    assert way(function) == ()


def test_without_a_scan_to_follow_there_is_no_way() -> None:
    assert way(doubled, replace(RUBRIC, structure=Structure())) == ()
    assert way(sums, SUMS, lambda x: lax.cond(x[0] > 9, sums, jnp.cumsum, x)) == ()

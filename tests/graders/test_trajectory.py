from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from graders.inputs import Batch
from graders.jaxpr.normalize import normalize
from graders.rubric import Argument, Result, Rubric, ScanRule, Signature, Structure
from graders.trajectory import compare
from graders.verdict import Moment
from tests.graders.exercise import RUBRIC, bank, gradient, reference, trace
from tests.graders.varied import FIT, PARITY, WALK, descend, fit, move, parity, walk

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


def nested_step(
    function: Callable[..., Any],
    wanted: Callable[..., Any] = fit,
    rubric: Rubric = FIT,
    values: Sequence[float] = (),
) -> Sequence[Moment]:
    """The step at which a function parts from another, the first arguments filled with values."""
    shape = bank(wanted, rubric).shapes[-1]
    learner, theirs = (normalize(trace(f, shape, rubric).program) for f in (function, wanted))
    (number, *_) = bank(wanted, rubric).of_shape(shape)
    arguments = list(bank(wanted, rubric).batches[number].arguments)
    for place, value in enumerate(values):
        arguments[place] = np.full_like(arguments[place], value)
    return compare(rubric, learner, theirs, Batch(shape, tuple(arguments)))


def counted(params: Any, xs: Any, ys: Any, steps: int) -> Any:
    """The fit behind a counter, wrong from the third step on."""

    def step(carry: Any, row: Any) -> Any:
        count, params = carry
        moved, value = descend(params, row)
        moved["w"] = moved["w"] + jnp.where(count >= 2, 1.0, 0.0)
        return (count + 1, moved), value

    (_, params), losses = lax.scan(step, (0, params), (xs, ys))
    return params, losses


@pytest.mark.parametrize("values", [(), (0, 0), (1, 1)])
def test_the_carries_of_a_container_are_followed_even_if_they_start_alike(
    values: tuple[int, ...],
) -> None:
    found = nested_step(counted, values=values)
    assert [moment.same for moment in found] == [True, True, True, False]
    wanted, got = found[-1].expected, found[-1].got
    assert wanted["params.b"] == pytest.approx(got["params.b"])
    assert got["params.w"] == pytest.approx(wanted["params.w"] + 1, rel=1e-4)
    assert all(moment.same for moment in nested_step(fit, values=values))


def test_a_container_of_which_only_a_part_is_carried_has_no_way() -> None:
    def part(params: Any, xs: Any, ys: Any, steps: int) -> Any:
        return lax.scan(lambda w, x: (w + x[0], w), params["w"], xs)

    assert nested_step(part, values=(1, 2)) == ()


def test_carried_keys_are_followed() -> None:
    def twice(key: Any, steps: int, deviation: Any) -> Any:
        def step(carry: Any, _: Any) -> Any:
            (key, position), out = move(carry, deviation)
            return (jax.random.split(key)[0], position), out

        return lax.scan(step, (key, jnp.zeros(())), None, length=steps)[1]

    found = nested_step(twice, walk, WALK)
    assert [moment.same for moment in found] == [True, False]
    assert isinstance(found[-1].expected["key"], int)
    assert all(moment.same for moment in nested_step(walk, walk, WALK))


def test_carried_truth_values_are_followed() -> None:
    def either(start: Any, bits: Any) -> Any:
        return lax.scan(lambda odd, bit: (odd | bit, None), start, bits)[0]

    found = nested_step(either, parity, PARITY, (True, True))
    assert found[-1] == Moment(1, {"start": False}, {"start": True}, {}, False)
    assert all(moment.same for moment in nested_step(parity, parity, PARITY))


def behind_a_zero(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    """Wrong from the second step on; a sum that starts at zero is carried before the weight."""

    def body(carry: Any, row: Any) -> Any:
        total, w = carry
        slope = gradient(w, *row)
        return (total + 1.0, w - lr * slope * jnp.where(total > 0, 2.0, 1.0)), None

    return lax.scan(body, (0.0, w), (xs, ys))[0][1]


def test_a_zero_that_is_carried_is_not_taken_for_a_weight_of_zero() -> None:
    learner, theirs = (normalize(trace(f, SHAPE).program) for f in (behind_a_zero, reference))
    batch = bank().batches[bank().of_shape(SHAPE)[-1]]
    zero = replace(batch, arguments=(np.zeros((), np.float32), *batch.arguments[1:]))
    assert [moment.same for moment in compare(RUBRIC, learner, theirs, zero)] == [True, True, False]

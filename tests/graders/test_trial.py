"""What a scan is given, carries and gives, tried on exercises of every kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from graders.form import Slot, Static
from graders.inputs import Batch
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.normalize import normalize
from graders.probe import LoopLab
from graders.rubric import Argument, Dimension, Result, Rubric, ScanRule, Signature, Structure
from graders.trial import Exhibit, Trial
from tests.graders.exercise import bank, built, trace
from tests.graders.varied import PARITY, SUMS, WALK, add, parity, sums, walk

Function = Callable[..., Any]

PARTS = Rubric(
    entry="parts",
    dimensions=(Dimension("K", 1, 4), Dimension("B", 1, 3)),
    arguments=(Argument("w", (), "float32", -2, 2), Argument("x", ("K*B",), "float32", -2, 2)),
    results=(Result((), "float32"),),
    signature=Signature(("w", "x", "n_micro"), (Slot(0), Slot(1), Static("K")), Slot(0)),
    structure=Structure(ScanRule("K", (), ("x",), follow=False), ("K",)),
    batches=24,
)


def codes(function: Function, rubric: Rubric, wanted: Function, correct: bool = True) -> list[str]:
    findings = built(function, rubric, wanted, correct=correct).findings
    return [finding.code for finding in findings]


def accumulated(w: Any, rows: Any) -> Any:
    return lax.scan(lambda t, row: (t + jnp.sum(w * row**2), None), jnp.zeros(()), rows)[0]


def parts(w: Any, x: Any, n_micro: int) -> Any:
    return accumulated(w, x.reshape(n_micro, -1))


def strided(w: Any, x: Any, n_micro: int) -> Any:
    return accumulated(w, x.reshape(-1, n_micro).T)


def flipped(w: Any, x: Any, n_micro: int) -> Any:
    return accumulated(w, x[::-1].reshape(n_micro, -1))


def reduced(w: Any, x: Any, n_micro: int) -> Any:
    squares = jnp.sum(x.reshape(n_micro, -1) ** 2, axis=1)
    return lax.scan(lambda t, row: (t + w * row, None), jnp.zeros(()), squares)[0]


@pytest.mark.parametrize("function", [parts, strided, flipped, reduced])
def test_rows_of_microbatches_are_scanned_in_whatever_order(function: Function) -> None:
    assert codes(function, PARTS, parts) == []


def test_a_carry_that_is_followed_takes_the_microbatches_in_order() -> None:
    followed = replace(PARTS, structure=Structure(ScanRule("K", (), ("x",)), ("K",)))
    assert codes(parts, followed, parts) == codes(reduced, followed, parts) == []
    assert codes(flipped, followed, parts) == ["not_the_work"]


def overlapping(w: Any, x: Any, n_micro: int) -> Any:
    """Every step sees all squares before its own; their differences are added up."""
    before = jnp.cumsum(x**2).reshape(n_micro, -1)[:, -1]
    last = lax.scan(lambda c, t: ((c[0] + w * (t - c[1]), t), None), (0.0, 0.0), before)[0]
    return last[0]


def indexed(w: Any, x: Any, n_micro: int) -> Any:
    rows = x.reshape(n_micro, -1)
    places = jnp.arange(n_micro)
    return lax.scan(lambda t, n: (t + jnp.sum(w * rows[n] ** 2), None), jnp.zeros(()), places)[0]


def twice(w: Any, x: Any, n_micro: int) -> Any:
    """Each step sees its own row and, for nothing, the one before."""
    rows = x.reshape(n_micro, -1)
    both = jnp.concatenate([jnp.roll(rows, 1, axis=0), rows], axis=1)
    size = rows.shape[1]
    return accumulated(w, both.at[:, :size].multiply(1e-3)) / (1 + 1e-6)


@pytest.mark.parametrize(
    ("function", "code"),
    [(overlapping, "rows_mixed"), (indexed, "not_scanned"), (twice, "rows_mixed")],
)
def test_rows_of_microbatches_are_seen_by_one_step_each(function: Function, code: str) -> None:
    assert code in codes(function, PARTS, parts)


# An empty carry, and what the steps put out.


def shifted(x: Any) -> Any:
    return lax.scan(lambda c, v: (c - v, v - c), jnp.zeros(()), x)[1]


def in_a_row(x: Any) -> Any:
    return lax.scan(lambda c, v: (c + v, c + v), jnp.zeros(1), x[:, None])[1][:, 0]


def beside_a_count(x: Any) -> Any:
    def step(carry: Any, value: Any) -> Any:
        count, total = carry
        return (count + 1, total + value), total + value

    return lax.scan(step, (0, jnp.zeros(())), x)[1]


@pytest.mark.parametrize("function", [sums, shifted, in_a_row, beside_a_count])
def test_a_carry_from_nothing_may_be_kept_in_many_ways(function: Function) -> None:
    assert codes(function, SUMS, sums) == []


def triangle(x: Any) -> Any:
    return jnp.tril(jnp.ones((len(x), len(x)), x.dtype)) @ x


def added_after(x: Any) -> Any:
    """The scan counts rows and hands them on; they are added up after it."""
    rows = lax.scan(lambda c, v: (c + 1, v + 0 * c), jnp.zeros(()), x)[1]
    return triangle(rows)


def for_show(x: Any) -> Any:
    """The carry takes the right values, and the rows are added up again after the scan."""

    def step(total: Any, value: Any) -> Any:
        return total + value, 2 * value

    total, rows = lax.scan(step, jnp.zeros(()), x)
    return triangle(rows / 2) + 0 * total


def from_the_carry(x: Any) -> Any:
    """The sums are written into the carry; what the steps put out is multiplied by nothing."""

    def step(carry: Any, value: Any) -> Any:
        place, total, kept = carry
        total = total + value
        return (place + 1, total, kept.at[place].set(total)), total

    (_, _, kept), out = lax.scan(step, (0, jnp.zeros(()), jnp.zeros_like(x)), x)
    return kept + 0 * out


def added_once_more(x: Any) -> Any:
    return lax.scan(lambda c, v: (c + v, c), jnp.zeros(()), x)[1] + x


@pytest.mark.parametrize(
    ("function", "code", "message"),
    [
        (added_once_more, "beside", "computed from x beside the scan"),
        (added_after, "not_the_work", "its carry is not a value going from step to step"),
        (for_show, "carry_unused", "a scan that carries a value, but the result is not made of it"),
        (from_the_carry, "outputs_unused", "(its ys) has no part in the result"),
    ],
)
def test_what_is_for_show_is_found(function: Function, code: str, message: str) -> None:
    findings = built(function, SUMS, sums).findings
    assert any(f.code == code and message in f.message and f.hint for f in findings), findings


@pytest.mark.parametrize("function", [added_after, for_show])
def test_the_way_of_a_wrong_result_is_not_compared(function: Function) -> None:
    assert codes(function, SUMS, sums, correct=False) == []


# A carry that is not followed.

MEANS = replace(SUMS, structure=Structure(ScanRule("N", (), ("x",), None, True, False), ("N",)))


def means(x: Any) -> Any:
    def step(carry: Any, value: Any) -> Any:
        total, count = carry[0] + value, carry[1] + 1
        return (total, count), total / count

    return lax.scan(step, (jnp.zeros(()), jnp.zeros(())), x)[1]


def running(x: Any) -> Any:
    def step(carry: Any, value: Any) -> Any:
        mean, count = carry[0] + (value - carry[0]) / (carry[1] + 1), carry[1] + 1
        return (mean, count), mean

    return lax.scan(step, (jnp.zeros(()), jnp.int32(0)), x)[1]


def test_a_carry_that_is_not_followed_may_go_another_way() -> None:
    assert codes(running, MEANS, means) == []
    followed = replace(MEANS, structure=Structure(ScanRule("N", (), ("x",)), ("N",)))
    assert codes(running, followed, means) == ["not_the_work"]


def means_for_show(x: Any) -> Any:
    def step(carry: Any, value: Any) -> Any:
        return carry * 0.5 + value, 2 * value

    carry, rows = lax.scan(step, jnp.zeros(()), x)
    return triangle(rows / 2) / jnp.arange(1, len(x) + 1) + 0 * carry


def test_the_result_is_made_of_a_carry_that_is_not_followed() -> None:
    assert "carry_unused" in codes(means_for_show, MEANS, means)


def only_counted(x: Any) -> Any:
    counts, rows = lax.scan(lambda c, v: (c + 1, (c + 1, v + 0 * c)), jnp.zeros(()), x)[1]
    return triangle(rows) / counts


def only_the_one_before(x: Any) -> Any:
    def step(carry: Any, value: Any) -> Any:
        before, count = carry
        return (value, count + 1), (value + 0 * before, count + 1)

    rows, counts = lax.scan(step, (jnp.zeros(()), jnp.zeros(())), x)[1]
    return triangle(rows) / counts


@pytest.mark.parametrize("function", [only_counted, only_the_one_before])
def test_a_carry_that_is_not_followed_keeps_the_rows(function: Function) -> None:
    (finding,) = built(function, MEANS, means).findings
    assert finding.code == "rows_forgotten"
    assert "keeps nothing of the earlier rows of x" in finding.message


def running_from_the_end(x: Any) -> Any:
    def step(carry: Any, value: Any) -> Any:
        mean, count = carry[0] + (value - carry[0]) / (carry[1] + 1), carry[1] + 1
        return (mean, count), mean

    return lax.scan(step, (jnp.zeros(()), jnp.int32(0)), x, reverse=True)[1]


def test_rows_may_be_kept_from_either_end() -> None:
    assert codes(running_from_the_end, MEANS, running_from_the_end) == []


# Random keys.


def in_parts(key: Any, steps: int, deviation: Any) -> Any:
    def step(carry: Any, _: Any) -> Any:
        key, whole, half = carry
        key, now = jax.random.split(key)
        move = deviation * jax.random.normal(now) / 2
        return (key, whole + 3 * move, half + move), whole - half + 2 * move

    return lax.scan(step, (key, jnp.zeros(()), jnp.zeros(())), None, length=steps)[1]


def key_alone(key: Any, steps: int, deviation: Any) -> Any:
    """Only the key is carried; the positions are the sums of what the steps put out."""

    def step(key: Any, _: Any) -> Any:
        key, now = jax.random.split(key)
        return key, deviation * jax.random.normal(now)

    return triangle(lax.scan(step, key, None, length=steps)[1])


def position_first(key: Any, steps: int, deviation: Any) -> Any:
    def step(carry: Any, _: Any) -> Any:
        position, key = carry
        key, now = jax.random.split(key)
        position = position + jax.random.normal(now)
        return (position, key), position

    return deviation * lax.scan(step, (jnp.zeros(()), key), None, length=steps)[1]


@pytest.mark.parametrize("function", [walk, in_parts, position_first])
def test_numbers_beside_a_key_are_followed(function: Function) -> None:
    assert codes(function, WALK, walk) == []


def test_a_key_is_not_all_that_is_carried() -> None:
    (finding,) = built(key_alone, WALK, walk).findings
    assert finding.code == "not_the_work"
    assert "its carry is not a value beside key going from step to step" in finding.message


def keys_before(key: Any, steps: int, deviation: Any) -> Any:
    """The keys are split one by one before the scan, which goes over them."""
    keys = []
    for _ in range(steps):
        key, now = jax.random.split(key)
        keys.append(now)
    return lax.scan(add, jnp.zeros(()), deviation * jax.vmap(jax.random.normal)(jnp.stack(keys)))[1]


def test_a_key_that_is_used_before_the_scan_is_not_carried() -> None:
    findings = built(keys_before, WALK, walk).findings
    messages = [f.message for f in findings if f.code == "not_carried"]
    assert messages == ["the starting carry does not depend on key"]
    assert "xs_from_carry" in [finding.code for finding in findings]


# Whole numbers and truth values.

PEAKS = replace(
    SUMS, results=(Result((), "int32"),), structure=Structure(ScanRule("N", (), ("x",)), ("N",))
)


def peaks(x: Any) -> Any:
    """How often a value is larger than all before it."""

    def step(carry: Any, value: Any) -> Any:
        highest, count = carry
        return (jnp.maximum(highest, value), count + (value > highest)), None

    return lax.scan(step, (jnp.float32(-9), jnp.int32(0)), x)[0][1]


def test_a_count_beside_floats_is_a_use_of_the_scan() -> None:
    assert codes(peaks, PEAKS, peaks) == []


def counted_again(x: Any) -> Any:
    before = jnp.concatenate([jnp.full((1,), -9.0), lax.cummax(x)[:-1]])
    return jnp.sum(x > before).astype(jnp.int32) + 0 * peaks(x)


def test_a_count_that_is_computed_elsewhere_is_found() -> None:
    assert "scan_unused" in codes(counted_again, PEAKS, peaks)


def parity_again(start: Any, bits: Any) -> Any:
    return (start + jnp.sum(bits)) % 2 == 1


def test_truth_values_are_a_use_of_the_scan() -> None:
    assert codes(parity, PARITY, parity) == []

    def anyway(start: Any, bits: Any) -> Any:
        return parity_again(start, bits) | (parity(start, bits) & False)

    assert "scan_unused" in codes(anyway, PARITY, parity)


# One trial by itself.


def trial(*batches: Batch) -> Trial:
    shape = batches[0].dimensions
    program = normalize(trace(parity, shape, PARITY).program)
    (scan,) = (e for e in program.walk() if e.primitive == "scan")
    rule = PARITY.structure.scan
    assert rule is not None
    lab = LoopLab(program, scan, Evaluator())
    return Trial(PARITY, rule, Exhibit(program, shape, batches), lab)


def bits(start: bool, *values: bool) -> Batch:
    return Batch((("N", len(values)),), (np.array(start), np.array(values)))


def test_a_batch_that_is_all_there_is_can_be_tried() -> None:
    first = bits(True, True, False)
    assert list(trial(first, first).findings([], [])) == []


def test_a_reference_whose_scan_is_not_always_run_gives_no_way_to_compare() -> None:
    def sometimes(x: Any) -> Any:
        return lax.cond(x[0] > 0, sums, triangle, x)

    assert len(bank(sometimes, SUMS).batches) >= SUMS.batches
    assert codes(sums, SUMS, sometimes) == []
    assert codes(added_after, SUMS, sometimes) == []

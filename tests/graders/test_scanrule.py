"""What is seen of a scan before it is tried: its length, its operands, its direction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import pytest
from jax import lax

from graders.rubric import Rubric, ScanRule, Structure
from graders.scanrule import carried_elements
from graders.verdict import Finding
from tests.graders.exercise import RUBRIC, built, gradient, reference
from tests.graders.programs import SCALAR, Builder, scan_params, vector
from tests.graders.varied import FIT, SUMS, WALK, add, descend, fit, move, sums, walk

Function = Callable[..., Any]


def asked(rubric: Rubric, **changed: Any) -> Rubric:
    """The rubric with its scan rule changed."""
    scan = rubric.structure.scan
    assert scan is not None
    return replace(rubric, structure=replace(rubric.structure, scan=replace(scan, **changed)))


def only(function: Function, rubric: Rubric, wanted: Function) -> Finding:
    (finding,) = built(function, rubric, wanted).findings
    return finding


def backwards(x: Any) -> Any:
    return lax.scan(add, jnp.zeros(()), x[::-1], reverse=True)[1][::-1]


@pytest.mark.parametrize(
    ("reverse", "function", "message", "hint"),
    [
        (False, backwards, "the scan runs backwards, not forwards", "reverse=False"),
        (True, sums, "the scan runs forwards, not backwards", "reverse=True"),
    ],
)
def test_the_direction_may_be_asked_for(
    reverse: bool, function: Function, message: str, hint: str
) -> None:
    finding = only(function, asked(SUMS, reverse=reverse), sums)
    assert (finding.code, finding.message) == ("scan_direction", message)
    assert hint in finding.hint
    other = sums if function is backwards else backwards
    assert not built(other, asked(SUMS, reverse=reverse), sums).findings


@pytest.mark.parametrize("function", [sums, backwards])
def test_without_a_word_on_it_either_direction_will_do(function: Function) -> None:
    assert not built(function, SUMS, sums).findings


def into_a_buffer(x: Any) -> Any:
    def step(carry: Any, value: Any) -> Any:
        place, total, kept = carry
        total = total + value
        return (place + 1, total, kept.at[place].set(total)), None

    return lax.scan(step, (0, jnp.zeros(()), jnp.zeros_like(x)), x)[0][2]


def test_outputs_may_be_asked_for() -> None:
    finding = only(into_a_buffer, SUMS, sums)
    assert finding.code == "scan_without_outputs"
    assert "it has no ys" in finding.message
    assert not built(into_a_buffer, asked(SUMS, outputs=False), sums).findings


def one_step_more(x: Any) -> Any:
    return lax.scan(add, jnp.zeros(()), jnp.append(x, 0.0))[1][:-1]


def one_move_more(key: Any, steps: int, deviation: Any) -> Any:
    start = (key, jnp.zeros(()))
    return lax.scan(lambda c, _: move(c, deviation), start, None, length=steps + 1)[1][:-1]


def test_the_length_is_given_by_what_is_scanned_or_as_a_number() -> None:
    rows = only(one_step_more, SUMS, sums)
    assert (rows.code, rows.hint) == (
        "scan_length",
        "Scan x with N as the leading axis: one step a row.",
    )
    number = only(one_move_more, WALK, walk)
    assert number.code == "scan_length"
    assert number.message == "the scan takes 6 steps where N is 5"
    assert number.hint == "Give lax.scan the number of steps, length=N."


def by_number(params: Any, xs: Any, ys: Any, steps: int) -> Any:
    def step(carry: Any, _: Any) -> Any:
        number, params = carry
        params, value = descend(params, (xs[number], ys[number]))
        return (number + 1, params), value

    (_, params), losses = lax.scan(step, (0, params), None, length=steps)
    return params, losses


def test_something_must_be_scanned_where_that_is_asked_for() -> None:
    finding = only(by_number, FIT, fit)
    assert finding.code == "scan_without_xs"
    assert "Pass x_batches and y_batches as the third argument" in finding.hint


def mapped(x: Any) -> Any:
    return lax.map(lambda n: jnp.sum(jnp.where(jnp.arange(len(x)) <= n, x, 0)), jnp.arange(len(x)))


def mapped_fit(params: Any, xs: Any, ys: Any, steps: int) -> Any:
    rows = lax.map(lambda row: descend(params, row), (xs, ys))
    return jax.tree.map(jnp.sum, rows[0]), rows[1]


@pytest.mark.parametrize(
    ("function", "rubric", "wanted", "what"),
    [(mapped, SUMS, sums, "the running value"), (mapped_fit, FIT, fit, "params")],
)
def test_something_must_be_carried(
    function: Function, rubric: Rubric, wanted: Function, what: str
) -> None:
    (finding,) = built(function, rubric, wanted, correct=False).findings
    assert finding.code == "scan_without_carry"
    assert finding.hint.startswith(f"Make {what} the carry")


def captured(params: Any, xs: Any, ys: Any, steps: int) -> Any:
    """The rows are scanned, and those of y are looked up as well."""

    def step(carry: Any, row: Any) -> Any:
        number, params = carry
        params, value = descend(params, (row[0], (row[1] + ys[number]) / 2))
        return (number + 1, params), value

    (_, params), losses = lax.scan(step, (0, params), (xs, ys))
    return params, losses


def fit_and_nothing(params: Any, xs: Any, ys: Any, steps: int) -> Any:
    found, losses = fit(params, xs, ys, steps)
    return {**found, "b": found["b"] + params["b"] - params["b"] + 0 * jnp.sum(xs)}, losses


def fit_as_vector(params: Any, xs: Any, ys: Any, steps: int) -> Any:
    def step(vector: Any, row: Any) -> Any:
        params, value = descend({"w": vector[0], "b": vector[1]}, row)
        return jnp.stack([params["w"], params["b"]]), value

    vector, losses = lax.scan(step, jnp.stack([params["w"], params["b"]]), (xs, ys))
    return {"w": vector[0], "b": vector[1]}, losses


def fit_from_zero(params: Any, xs: Any, ys: Any, steps: int) -> Any:
    """How far the weights moved is carried, not the weights."""

    def step(moved: Any, row: Any) -> Any:
        later, value = descend(jax.tree.map(jnp.add, params, moved), row)
        return jax.tree.map(jnp.subtract, later, params), value

    moved, losses = lax.scan(step, jax.tree.map(jnp.zeros_like, params), (xs, ys))
    return jax.tree.map(jnp.add, params, moved), losses


def test_what_is_captured_of_a_scanned_argument_is_found() -> None:
    finding = only(captured, FIT, fit)
    assert (finding.code, "also gets y_batches by" in finding.message) == ("captured", True)


@pytest.mark.parametrize("function", [fit, fit_and_nothing, fit_as_vector])
def test_a_container_is_carried_by_its_arrays(function: Function) -> None:
    assert not built(function, FIT, fit).findings


def test_a_container_that_is_not_the_start_is_found() -> None:
    finding = built(fit_from_zero, FIT, fit).findings[0]
    assert finding.code == "not_carried"
    assert finding.message == "the starting carry does not depend on params"


def test_a_row_that_is_named_once_is_named_alone() -> None:
    rule = ScanRule("N", ("w",), ("x_batches",))
    alone = replace(RUBRIC, structure=Structure(rule, ("N",)))

    def captures(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
        return lax.scan(
            lambda w, r: (w - lr * gradient(w, *r) + 1e-3 * jnp.sum(xs), None), w, (xs, ys)
        )[0]

    messages = [f.message for f in built(captures, alone, reference).findings]
    assert any(text.startswith("the scan also gets x_batches by another way") for text in messages)


def test_the_size_of_a_carry_counts_its_elements_only() -> None:
    builder = Builder(SCALAR, vector(3))
    params = scan_params(Builder().gives(), 0, 2, 5)
    builder.many("scan", [SCALAR, vector(3), vector(5)], *builder.inputs, **params)
    (scan,) = builder.equations
    assert carried_elements(scan) == 4

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from graders.correctness import Results, device_failure, evaluate, mistyped, tolerances
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.normalize import normalize
from graders.rubric import Structure
from graders.subject import DeviceRun
from tests.graders.exercise import RUBRIC, FakeSubject, bank, gradient, reference, traces


def results(function: Callable[..., Any]) -> Results:
    normal = {trace.dimensions: normalize(trace.program) for trace in traces(function)}
    return evaluate(RUBRIC, bank(), normal, Evaluator())


def in_another_order(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    def step(w: Any, row: Any) -> Any:
        x, y = row
        return w - 2 * lr * (w * jnp.sum(x * x) - jnp.sum(x * y)), None

    return lax.scan(step, w, (xs, ys))[0]


@pytest.mark.parametrize("function", [reference, in_another_order])
def test_the_same_mathematics_is_right_and_exactly_so(function: Callable[..., Any]) -> None:
    found = results(function)
    assert (found.wrong, found.exact) == ((), True)
    assert len(found.leaves) == RUBRIC.batches


def test_a_tiny_error_is_right_but_not_exact() -> None:
    found = results(lambda *args: reference(*args) + 1e-10)
    assert (found.wrong, found.exact) == ((), False)


@pytest.mark.parametrize(
    "detour",
    [
        lambda w: jnp.log(jnp.exp(w)),
        lambda w: w + 0 * jnp.sum(jnp.zeros((1200, 900))),
    ],
    ids=["irrational", "large"],
)
def test_what_is_too_much_for_rational_arithmetic_is_left_open(detour: Any) -> None:
    found = results(lambda *args: detour(reference(*args)))
    assert (found.wrong, found.exact) == ((), None)


def test_rational_arithmetic_takes_only_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graders.correctness._EXACT_EQUATIONS", 500)
    assert results(reference).exact is None


@pytest.mark.parametrize(
    "function",
    [
        lambda w, lr, xs, ys: w,
        lambda w, lr, xs, ys: w - lr * gradient(w, xs, ys),
        lambda w, lr, xs, ys: reference(w, lr * 1.001, xs, ys),
        lambda *args: (reference(*args), reference(*args)),
        lambda *args: jnp.broadcast_to(reference(*args), (3,)),
        lambda *args: reference(*args) + 0j,
        lambda *args: reference(*args) * jnp.nan,
        lambda *args: (),
    ],
)
def test_something_else_is_wrong(function: Callable[..., Any]) -> None:
    found = results(function)
    assert len(found.wrong) > 20
    assert found.exact is None


def test_a_result_of_another_type_is_shown_for_a_shape_that_tells_axes_apart() -> None:
    assert mistyped(RUBRIC, traces(reference)) is None
    found = mistyped(RUBRIC, traces(lambda w, lr, xs, ys: xs))
    assert found is not None
    trace, mismatch = found
    assert (trace.dimensions, mismatch.code) == ((("N", 2), ("B", 3)), "shape")


def test_the_tolerance_is_relative_to_how_far_the_weight_moved() -> None:
    batch = bank().batches[0]
    moved = batch.arguments[0] + np.float64(2)
    assert tolerances(RUBRIC, batch, (moved,)) == [pytest.approx(2e-5)]
    plain = replace(RUBRIC, structure=Structure())
    assert tolerances(plain, batch, (moved,)) == [pytest.approx(1e-5 * abs(float(moved)))]


def test_the_device_may_round_as_the_reference_does() -> None:
    runs = FakeSubject().device_runs()
    assert not device_failure(RUBRIC, bank(), runs)  # type: ignore[arg-type]
    plain = replace(RUBRIC, structure=Structure())
    assert not device_failure(plain, bank(), runs)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "values",
    [(), (np.float32(99),), (np.float32(np.nan),), (np.zeros(2, np.float32),), (np.int32(1),) * 2],
)
def test_the_first_batch_that_is_wrong_on_the_device_is_named(values: Any) -> None:
    good, number = FakeSubject().device_runs(), list(bank().device)[1]
    assert isinstance(good, list)
    runs = [good[0], DeviceRun(number, tuple(np.asarray(value) for value in values))]
    assert device_failure(RUBRIC, bank(), runs) == number

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from graders.correctness import (
    Results,
    alike,
    device_failure,
    evaluate,
    mistyped,
    tolerances,
)
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.normalize import normalize
from graders.rubric import Rubric, Structure
from graders.subject import DeviceRun
from tests.graders.exercise import RUBRIC, FakeSubject, bank, gradient, reference, traces
from tests.graders.varied import FIT, PARITY, SEARCH, WALK, fit, parity, search, walk


def results(
    function: Callable[..., Any], rubric: Rubric = RUBRIC, wanted: Callable[..., Any] = reference
) -> Results:
    normal = {trace.dimensions: normalize(trace.program) for trace in traces(function, rubric)}
    return evaluate(rubric, bank(wanted, rubric), normal, Evaluator())


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


@pytest.mark.parametrize(
    ("rubric", "function", "exact"),
    [(FIT, fit, True), (WALK, walk, None), (SEARCH, search, True), (PARITY, parity, True)],
)
def test_exercises_of_other_kinds_are_right_too(
    rubric: Rubric, function: Callable[..., Any], exact: bool | None
) -> None:
    found = results(function, rubric, function)
    assert (found.wrong, found.exact) == ((), exact)
    assert {len(values) for values in found.leaves} == {len(rubric.results)}
    assert mistyped(rubric, traces(function, rubric)) is None
    runs = FakeSubject(function, rubric, wanted=function).device_runs()
    assert not device_failure(rubric, bank(function, rubric), runs)  # type: ignore[arg-type]


def spoilt(change: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    """The fit with its results changed."""
    return lambda *args: change(*fit(*args))


@pytest.mark.parametrize(
    "change",
    [
        lambda params, losses: ({**params, "b": params["b"] + 1}, losses),
        lambda params, losses: ({**params, "w": params["w"] * jnp.nan}, losses),
        lambda params, losses: (params, losses.at[-1].add(0.1)),
        lambda params, losses: ({"b": params["w"], "w": params["b"]}, losses),
        lambda params, losses: params,
    ],
)
def test_every_one_of_several_results_must_be_right(change: Callable[[Any, Any], Any]) -> None:
    assert len(results(spoilt(change), FIT, fit).wrong) == len(bank(fit, FIT).batches)


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        (lambda params, losses: [params, losses], "structure", "got a list of 2: [{'b': float32[]"),
        (lambda params, losses: (losses, params), "structure", "expected a tuple of 2: ({'b': "),
        (lambda params, losses: ({"w": params["w"]}, losses), "structure", "got a tuple of 2"),
        (
            lambda params, losses: (params, losses[None]),
            "shape",
            "expected shape (2,) for losses, got (1, 2): float32[2] against float32[1,2]",
        ),
        (
            lambda params, losses: ({**params, "w": jnp.int32(params["w"])}, losses),
            "dtype",
            "expected dtype float32 for params.w, got int32",
        ),
    ],
)
def test_the_result_that_is_of_another_type_is_named(
    change: Callable[[Any, Any], Any], code: str, message: str
) -> None:
    found = mistyped(FIT, traces(spoilt(change), FIT))
    assert found is not None
    assert found[0].dimensions == (("N", 2), ("B", 3))
    assert found[1].code == code
    assert message in found[1].message


def test_the_keys_of_a_dict_may_be_written_in_any_order() -> None:
    function = spoilt(lambda params, losses: ({"w": params["w"], "b": params["b"]}, losses))
    assert mistyped(FIT, traces(function, FIT)) is None
    assert results(function, FIT, fit).wrong == ()


def test_each_result_has_a_tolerance_of_its_own() -> None:
    batch = bank(fit, FIT).batches[0]
    b, w, _, _ = batch.arguments
    expected = (b + np.float64(2), w + np.float64(3), np.array([50.0]))
    assert tolerances(FIT, batch, expected) == [pytest.approx(v) for v in (2e-5, 3e-5, 5e-4)]


def test_what_one_result_may_differ_by_another_may_not() -> None:
    expected = (np.array(1.0), np.array(1.0))
    assert alike(expected, (np.array(1.5), np.array(1.0)), [0.5, 0])
    assert not alike(expected, (np.array(1.0), np.array(1.5)), [0.5, 0])
    assert not alike(expected, expected[:1], [0.5, 0.5])
    assert not alike(expected, (*expected, expected[0]), [0.5, 0.5])


@pytest.mark.parametrize("place", range(3))
def test_each_result_must_be_right_on_the_device(place: int) -> None:
    drawn = bank(fit, FIT)
    number, values = next(iter(drawn.device.items()))
    wrong = tuple(v + 9 * (n == place) for n, v in enumerate(values))
    assert device_failure(FIT, drawn, [DeviceRun(number, values)]) is None
    assert device_failure(FIT, drawn, [DeviceRun(number, wrong)]) == number


def test_truth_values_must_be_the_same_on_the_device() -> None:
    drawn = bank(parity, PARITY)
    number, (value,) = next(iter(drawn.device.items()))
    assert device_failure(PARITY, drawn, [DeviceRun(number, (~value,))]) == number


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

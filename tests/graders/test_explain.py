from __future__ import annotations

from ast import literal_eval
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from graders.explain import (
    counterexample,
    first_difference,
    results_text,
    shown,
    typed_counterexample,
)
from graders.inputs import Batch
from graders.jaxpr.interpret import Budget, BudgetExceeded, Evaluator
from graders.jaxpr.normalize import normalize
from graders.rubric import Rubric, Structure
from graders.verdict import Counterexample, Step
from tests.graders.exercise import RUBRIC, bank, gradient, reference, trace, traces
from tests.graders.varied import FIT, PARITY, WALK, descend, fit, move, parity, walk

SHAPE = (("N", 3), ("B", 3))


def explained(
    function: Callable[..., Any], wrong: tuple[int, ...] = (10, 15), evaluator: Any = None
) -> Counterexample:
    normal = {found.dimensions: normalize(found.program) for found in traces(function)}
    return counterexample(RUBRIC, bank(), normal, wrong, evaluator or Evaluator())


def doubled(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return lax.scan(lambda w, r: (w - 2 * lr * gradient(w, *r), None), w, (xs, ys))[0]


def test_the_counterexample_is_small_plain_and_says_where_the_carries_part() -> None:
    found = explained(doubled)
    assert found.dimensions == {"N": 2, "B": 3}
    assert float(found.arguments["w"]).is_integer()
    assert found.step is not None
    assert found.step.index >= 1
    assert found.expected != found.got
    assert found.arithmetic == "float64"


def test_where_nothing_small_fails_the_smallest_drawn_batch_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("graders.explain._SHRINK_TRIES", 20)
    found = explained(lambda *args: reference(*args) + 1e-5, (20, 16))
    batch = bank().batches[16]
    assert found.arguments == {
        each.name: value.tolist()
        for each, value in zip(RUBRIC.arguments, batch.arguments, strict=True)
    }
    assert found.step is None


def never_ends_for_zero(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    result = lax.while_loop(lambda c: (xs[0, 0] == 0) & (c < 1e9), lambda c: c + 1, w)
    return result + 5


def test_a_search_that_takes_too_long_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graders.explain._SHRINK_TRIES", 20)
    first = next(n for n, batch in enumerate(bank().batches) if batch.arguments[2][0, 0] and n > 9)
    with pytest.raises(BudgetExceeded):
        explained(never_ends_for_zero, (first,), Evaluator(budget=Budget(equations=1500)))


def test_a_result_of_another_type_is_shown_by_its_types() -> None:
    found = typed_counterexample(RUBRIC, bank(), trace(lambda w, lr, xs, ys: (w, w), SHAPE))
    assert found.got == "(float32[], float32[])"
    assert found.expected.startswith("float32[], here ")
    nothing = typed_counterexample(RUBRIC, bank(), trace(lambda w, lr, xs, ys: None, SHAPE))
    assert nothing.got == "None"


def test_a_batch_is_shown_as_plain_numbers() -> None:
    batch = bank().batches[0]
    found = shown(RUBRIC, batch, "1", "2", "float64", Step(1, "1", "2"))
    assert found.dimensions == {"N": 1, "B": 1}
    assert found.arguments["x_batches"] == [[float(batch.arguments[2][0, 0])]]


def step(function: Callable[..., Any], rubric: Any = RUBRIC) -> Step | None:
    learner, theirs = (normalize(trace(f, SHAPE).program) for f in (function, reference))
    (number, *_) = bank().of_shape(SHAPE)
    return first_difference(rubric, learner, theirs, bank().batches[number])


def late(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    """Right for two steps; the weight is kept as a vector of one, behind a counter."""

    def body(carry: Any, row: Any) -> Any:
        count, w = carry
        moved = w - lr * gradient(w[0], *row) + jnp.where(count >= 2, 1.0, 0.0)
        return (count + 1, moved), None

    return lax.scan(body, (0, w[None]), (xs, ys))[0][1][0]


def test_the_first_step_the_carries_part_at_is_found() -> None:
    found = step(late)
    assert found is not None
    assert found.index == 3


@pytest.mark.parametrize(
    "function",
    [
        reference,
        lambda w, lr, xs, ys: w - lr,
        lambda w, lr, xs, ys: lax.scan(lambda c, x: (c + x[0], None), w * 7 + 1, xs)[0],
        lambda w, lr, xs, ys: lax.fori_loop(0, 9, lambda i, c: c + xs[0, 0], w),
        lambda w, lr, xs, ys: lax.cond(
            lr > 9, lambda: lax.scan(lambda c, x: (c + x[0], None), w, xs)[0], lambda: w
        ),
    ],
)
def test_where_no_carry_begins_as_the_weight_there_is_no_step(function: Callable[..., Any]) -> None:
    assert step(function) is None


def test_without_a_rule_there_is_no_step() -> None:
    assert step(doubled, replace(RUBRIC, structure=Structure())) is None
    assert step(doubled) is not None
    assert np.isfinite(float(explained(doubled).got))


SMALL = (("N", 1), ("B", 3))


def nested(function: Callable[..., Any], wrong: tuple[int, ...] = (10, 15)) -> Counterexample:
    normal = {found.dimensions: normalize(found.program) for found in traces(function, FIT)}
    return counterexample(FIT, bank(fit, FIT), normal, wrong, Evaluator())


def bent(params: Any, xs: Any, ys: Any, steps: int) -> Any:
    """The bias goes another way; the weight and the losses go the right one."""

    def step(carry: Any, row: Any) -> Any:
        params, bias = carry
        params, value = descend(params, row)
        return (params, bias - 1), value

    (params, bias), losses = lax.scan(step, (params, params["b"]), (xs, ys))
    return {"w": params["w"], "b": bias}, losses


def test_arguments_and_results_are_shown_in_their_containers() -> None:
    found = nested(bent)
    assert found.arguments.keys() == {"params", "x_batches", "y_batches", "steps"}
    assert found.arguments["params"].keys() == {"b", "w"}
    assert found.arguments["steps"] == found.dimensions["N"]
    for text in (found.expected, found.got):
        (params, losses) = literal_eval(text)
        assert params.keys() == {"b", "w"}
        assert len(losses) == found.dimensions["N"]
    wanted, got = literal_eval(found.expected), literal_eval(found.got)
    assert wanted[0]["w"] == got[0]["w"]
    assert wanted[1] == got[1]
    assert wanted[0]["b"] != got[0]["b"]


def test_random_keys_are_shown_as_numbers() -> None:
    batch = bank(walk, WALK).batches[0]
    found = shown(WALK, batch, "1", "2", "float64")
    assert found.arguments["key"] == int(batch.arguments[0])
    assert found.arguments["steps"] == batch.dimensions[0][1]


def test_results_of_another_number_are_shown_without_containers() -> None:
    assert results_text(FIT, [np.array(1.5)]) == "(1.5)"
    values = [np.array(1.0), np.array(2.0), np.array([3.0])]
    assert results_text(FIT, values) == "({'b': 1, 'w': 2}, [3.])"
    assert results_text(RUBRIC, values[:1]) == "1"
    assert results_text(RUBRIC, values[:2]) == "(1, 2)"


def test_results_of_another_type_are_shown_by_their_containers() -> None:
    function = trace(lambda params, xs, ys, steps: (params, xs), SMALL, FIT)
    found = typed_counterexample(FIT, bank(fit, FIT), function)
    assert found.got == "({'b': float32[], 'w': float32[]}, float32[1,3])"
    assert found.expected.startswith("({'b': float32[], 'w': float32[]}, float32[1]), here ({'b': ")


def nested_step(
    function: Callable[..., Any],
    wanted: Callable[..., Any] = fit,
    rubric: Rubric = FIT,
    values: Sequence[float] = (),
) -> Step | None:
    """The step at which a function parts from another, the first arguments filled with values."""
    shape = bank(wanted, rubric).shapes[-1]
    learner, theirs = (normalize(trace(f, shape, rubric).program) for f in (function, wanted))
    (number, *_) = bank(wanted, rubric).of_shape(shape)
    arguments = list(bank(wanted, rubric).batches[number].arguments)
    for place, value in enumerate(values):
        arguments[place] = np.full_like(arguments[place], value)
    return first_difference(rubric, learner, theirs, Batch(shape, tuple(arguments)))


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
    assert found is not None
    assert found.index == 3
    (b, w), (same_b, other_w) = (literal_eval(text) for text in (found.expected, found.got))
    assert b == same_b
    assert other_w == pytest.approx(w + 1, rel=1e-4)
    assert nested_step(fit, values=values) is None


def test_a_container_of_which_only_a_part_is_carried_has_no_step() -> None:
    def part(params: Any, xs: Any, ys: Any, steps: int) -> Any:
        return lax.scan(lambda w, x: (w + x[0], w), params["w"], xs)

    assert nested_step(part, values=(1, 2)) is None


def test_carried_keys_are_followed() -> None:
    def twice(key: Any, steps: int, deviation: Any) -> Any:
        def step(carry: Any, _: Any) -> Any:
            (key, position), out = move(carry, deviation)
            return (jax.random.split(key)[0], position), out

        return lax.scan(step, (key, jnp.zeros(())), None, length=steps)[1]

    found = nested_step(twice, walk, WALK)
    assert found is not None
    assert found.index == 1
    assert found.expected.isdecimal()
    assert nested_step(walk, walk, WALK) is None


def test_carried_truth_values_are_followed() -> None:
    def either(start: Any, bits: Any) -> Any:
        return lax.scan(lambda odd, bit: (odd | bit, None), start, bits)[0]

    found = nested_step(either, parity, PARITY, (True, True))
    assert found == Step(1, "False", "True")
    assert nested_step(parity, parity, PARITY) is None

from __future__ import annotations

from ast import literal_eval
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from jax import lax

from graders.explain import counterexample, results_text, shown, typed_counterexample
from graders.jaxpr.interpret import Budget, BudgetExceeded, Evaluator
from graders.jaxpr.normalize import normalize
from graders.verdict import Counterexample, Moment
from tests.graders.exercise import RUBRIC, bank, gradient, reference, trace, traces
from tests.graders.varied import FIT, WALK, descend, fit, walk

MOMENT = Moment(1, {"w": 1.0}, {"w": 2.0}, {}, False)
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
    assert [moment.same for moment in found.trajectory][-2:] == [True, False]
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
    assert all(moment.same for moment in found.trajectory)


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
    found = shown(RUBRIC, batch, "1", "2", "float64", (MOMENT,))
    assert found.trajectory == (MOMENT,)
    assert found.dimensions == {"N": 1, "B": 1}
    assert found.arguments["x_batches"] == [[float(batch.arguments[2][0, 0])]]


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

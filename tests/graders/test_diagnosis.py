from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import jax.numpy as jnp

from graders.correctness import evaluate
from graders.diagnosis import Mistake, recognise
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.normalize import normalize
from graders.rubric import Rubric
from tests.graders.exercise import RUBRIC, bank, gradient, mistake, reference, traces
from tests.graders.varied import FIT, fit


def only_first(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return w - lr * gradient(w, xs[0], ys[0])


def not_a_number(*args: Any) -> Any:
    return jnp.where(args[0] > 0, jnp.nan, jnp.inf)


def recognised(
    function: Callable[..., Any],
    mistakes: Sequence[Mistake],
    rubric: Rubric = RUBRIC,
    wanted: Callable[..., Any] = reference,
) -> Mistake | None:
    found, drawn = traces(function, rubric), bank(wanted, rubric)
    normal = {trace.dimensions: normalize(trace.program) for trace in found}
    results = evaluate(rubric, drawn, normal, Evaluator()).leaves
    return recognise(rubric, drawn, found, results, mistakes)


FIRST = mistake("first", "Only the first step", only_first)
PAIR = mistake("pair", "A pair", lambda *args: (only_first(*args), args[0]))
UNDEFINED = mistake("nan", "Not a number", not_a_number)


def test_a_known_mistake_is_known_by_its_results() -> None:
    assert recognised(only_first, [PAIR, UNDEFINED, FIRST]) is FIRST
    assert recognised(lambda *args: (only_first(*args), args[0]), [FIRST, PAIR]) is PAIR
    assert recognised(not_a_number, [FIRST, UNDEFINED]) is UNDEFINED


def test_what_is_lost_in_places_is_not_what_is_lost_everywhere() -> None:
    kept = {n: values for n, values in UNDEFINED.results.items() if n == min(UNDEFINED.results)}
    (number,) = kept
    here = bank().batches[number].arguments[0]
    for function in (not_a_number, lambda w, *_: jnp.where(w == here, jnp.nan, w)):
        found = recognised(function, [replace(UNDEFINED, results=kept)])
        assert (found is not None) is (function is not_a_number)


def test_another_mistake_is_none_of_them() -> None:
    assert recognised(lambda w, lr, xs, ys: w + lr, [FIRST, PAIR, UNDEFINED]) is None
    assert recognised(reference, [FIRST]) is None
    assert recognised(only_first, []) is None


def test_several_mistakes_with_the_same_results_are_told_only_if_they_say_the_same() -> None:
    twin = replace(FIRST, name="twin")
    assert recognised(only_first, [FIRST, twin]) is FIRST
    assert recognised(only_first, [FIRST, replace(twin, title="Another")]) is None


def test_a_mistake_tried_on_nothing_is_not_recognised() -> None:
    assert recognised(only_first, [replace(FIRST, results={})]) is None
    assert recognised(only_first, [replace(FIRST, trees={})]) is None
    assert recognised(only_first, [replace(FIRST, trees=PAIR.trees)]) is None


def test_results_of_another_shape_or_number_are_others() -> None:
    number = next(iter(FIRST.results))
    (value,) = FIRST.results[number]
    for values in [(value, value), (value[None],), (value + 1,), (value * jnp.nan,)]:
        assert recognised(only_first, [replace(FIRST, results={number: values})]) is None


def scaled(params: float, losses: float) -> Callable[..., Any]:
    """The fit with its weights and its losses multiplied."""

    def function(*args: Any) -> Any:
        found, values = fit(*args)
        return {"b": found["b"], "w": found["w"] * params}, values * losses

    return function


WEIGHTS = mistake("weights", "Wrong weights", scaled(2, 1), FIT, fit)
LOSSES = mistake("losses", "Wrong losses", scaled(1, 2), FIT, fit)


def test_a_mistake_in_one_of_several_results_is_known() -> None:
    known = [WEIGHTS, LOSSES]
    assert recognised(scaled(2, 1), known, FIT, fit) is WEIGHTS
    assert recognised(scaled(1, 2), known, FIT, fit) is LOSSES
    assert recognised(scaled(2, 2), known, FIT, fit) is None
    assert recognised(lambda *args: fit(*args)[0], known, FIT, fit) is None

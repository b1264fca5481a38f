from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from graders.explain import counterexample, first_difference, shown, typed_counterexample
from graders.jaxpr.interpret import Budget, BudgetExceeded, Evaluator
from graders.jaxpr.normalize import normalize
from graders.rubric import Structure
from graders.verdict import Counterexample, Step
from tests.graders.exercise import RUBRIC, bank, gradient, reference, trace, traces

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


def behind_a_zero(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    """Wrong from the second step on; a sum that starts at zero is carried before the weight."""

    def body(carry: Any, row: Any) -> Any:
        total, w = carry
        slope = gradient(w, *row)
        return (total + 1.0, w - lr * slope * jnp.where(total > 0, 2.0, 1.0)), None

    return lax.scan(body, (0.0, w), (xs, ys))[0][1]


def test_a_zero_that_is_carried_is_not_taken_for_a_weight_of_zero() -> None:
    learner, theirs = (normalize(trace(f, SHAPE).program) for f in (behind_a_zero, reference))
    (number, *_) = bank().of_shape(SHAPE)
    batch = bank().batches[number]
    zero = replace(batch, arguments=(np.zeros((), np.float32), *batch.arguments[1:]))
    found = first_difference(RUBRIC, learner, theirs, zero)
    assert found is not None
    assert found.index == 2


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

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax.numpy as jnp
import pytest
from jax import lax

from graders.correctness import evaluate
from graders.diagnosis import Mistake, resembled
from graders.imitation import Variant, _plain, imitation, imitations
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.normalize import normalize
from tests.graders.exercise import (
    RUBRIC,
    bank,
    gradient,
    judged,
    located,
    mistake,
    reference,
    traces,
)

SHAPES = ((("N", 3), ("B", 3)), (("N", 6), ("B", 3)))


def found() -> list[Mistake]:
    drawn = located(bank())
    return list(imitations(RUBRIC, drawn, SHAPES))


def loop(step: Callable[..., Any]) -> Callable[..., Any]:
    def function(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
        return lax.scan(lambda w, row: (step(w, lr, *row), None), w, (xs, ys))[0]

    return function


added = loop(lambda w, lr, x, y: w + lr * gradient(w, x, y))
without = loop(lambda w, lr, x, y: w - gradient(w, x, y))
tripled = loop(lambda w, lr, x, y: w - lr * jnp.sum(3 * (w * x - y) * x))
halved = loop(lambda w, lr, x, y: w - lr * jnp.sum((w * x - y) * x))
averaged = loop(lambda w, lr, x, y: w - lr * gradient(w, x, y) / 3)
other = loop(lambda w, lr, x, y: w - lr * lr * jnp.sum(x) - y[0])


def recognised(function: Callable[..., Any]) -> str:
    shown = traces(function)
    normal = {trace.dimensions: normalize(trace.program) for trace in shown}
    leaves = evaluate(RUBRIC, bank(), normal, Evaluator()).leaves
    known = resembled(RUBRIC, bank(), shown, leaves, found())
    return known.title if known else ""


def test_a_mistake_nobody_labelled_is_told_as_a_change_of_the_reference() -> None:
    start = "It returns what a right program would with one thing changed: "
    assert recognised(without) == f"{start}a product without its first operand."
    assert recognised(halved) == f"{start}a product without the number 2.0."
    assert recognised(averaged) == f"{start}a mean in the place of a sum."
    assert recognised(tripled) == f"{start}3.0 in the place of 2.0."
    assert recognised(other) == ""


def test_none_is_right_and_none_is_without_numbers() -> None:
    titles = [each.title for each in found()]
    assert len(titles) > 40
    assert any("w and lr stand for each other" in title for title in titles)
    assert any("a product without its first operand" in title for title in titles)
    assert not any("line" in title for title in titles)
    numbers = {n for shape in SHAPES for n in bank().of_shape(shape)}
    assert all(set(each.results) == numbers for each in found())


def test_what_only_jaxs_own_code_does_is_no_mistake_of_the_learners() -> None:
    assert {each.name.split(" in ")[0] for each in imitations(RUBRIC, bank(), SHAPES)} <= {
        "inputs 1 and 2 swapped",
        "inputs 3 and 4 swapped",
        *(f"result 1 {change}" for change in ("+1", "-1", "negated")),
    } | {each.name.split(" in ")[0] for each in found() if " in " in each.name}


def test_a_labelled_mistake_comes_before_an_imitation() -> None:
    known = mistake("added", "The gradient is added.", added)
    imitated = found()
    for mistakes, said in (([known], "The gradient is added."), ([], imitated[0].title[:20])):
        finding = judged(added, *mistakes, imitations=imitated).checks[0].findings[0]
        assert finding.cause.startswith(said)


def test_what_takes_too_long_imitates_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graders.imitation._EQUATIONS", 1)
    assert found() == []


def varied(*changes: str, function: Callable[..., Any] = added) -> Mistake | None:
    shown = {trace.dimensions: normalize(trace.program) for trace in traces(function)}
    variant = Variant("some", changes, [shown[shape] for shape in SHAPES])
    return imitation(RUBRIC, bank(), SHAPES, variant)


def test_two_changes_are_both_told() -> None:
    known = varied("a `+`", "no `x`")
    assert known is not None
    assert known.title.endswith("with two things changed: a `+`; and no `x`.")


def test_batches_on_which_a_variant_runs_away_are_left_out() -> None:
    # The weights of a bank are told apart by the middle of all.
    middle = sorted(
        float(bank().batches[n].arguments[0]) for s in SHAPES for n in bank().of_shape(s)
    )
    bound = middle[len(middle) * 3 // 4]
    known = varied("far", function=lambda w, *_: jnp.where(w > bound, jnp.exp(1000.0), w))
    assert known is not None
    drawn = {n for shape in SHAPES for n in bank().of_shape(shape)}
    assert known.results.keys() < drawn
    assert all(bank().batches[n].arguments[0] <= bound for n in known.results)
    assert varied("lost", function=lambda w, *_: w * jnp.nan) is None


def test_a_variant_that_is_right_is_no_mistake() -> None:
    assert varied("nothing", function=reference) is None


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ("dynamic_slice index 1 +1", "a position one higher"),
        ("gather index 2 -1", "a position one lower"),
    ],
)
def test_a_position_is_told_without_jaxs_names(detail: str, words: str) -> None:
    assert _plain(detail) == words

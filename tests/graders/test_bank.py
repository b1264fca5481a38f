from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from graders.bank import device_batches, draw, exact_text, starts
from graders.inputs import Batch, Infeasible, growth_shapes, shapes
from graders.rubric import Result, Rubric, ScanRule, Structure
from tests.graders.exercise import RUBRIC, bank, reference, trace, traces

PLAIN = replace(RUBRIC, structure=Structure(), batches=4)
FIRST = ((("N", 1), ("B", 1)),)


def test_a_bank_holds_batches_and_the_results_of_the_reference() -> None:
    drawn = bank()
    assert drawn.shapes == shapes(RUBRIC)
    assert len(drawn.batches) == len(drawn.expected) == RUBRIC.batches
    for number, batch in enumerate(drawn.batches):
        w, lr, xs, ys = (a.astype(np.float64) for a in batch.arguments)
        for x, y in zip(xs, ys, strict=True):
            w = w - lr * np.sum(2 * (w * x - y) * x)
        assert drawn.expected[number][0] == pytest.approx(w, abs=1e-12)
        assert abs(w - batch.arguments[0]) >= RUBRIC.minimum_move
        if number in drawn.exact:
            assert float(Fraction(drawn.exact[number][0])) == pytest.approx(w)
    assert len(drawn.exact) == 2 * len(drawn.shapes)


def test_batches_are_found_by_shape() -> None:
    drawn = bank()
    assert sorted(n for s in drawn.shapes for n in drawn.of_shape(s)) == list(range(30))
    assert drawn.of_shape((("N", 99),)) == []


def rubric(**changed: Any) -> Rubric:
    return replace(PLAIN, **changed)


def infeasible(function: Any, asked: Rubric) -> None:
    with pytest.raises(Infeasible):
        draw(asked, [trace(function, FIRST[0], asked)])


def test_a_reference_must_be_finite_and_move() -> None:
    infeasible(lambda w, lr, xs, ys: w / 0, PLAIN)
    infeasible(lambda w, lr, xs, ys: w, RUBRIC)
    draw(PLAIN, [trace(lambda w, lr, xs, ys: w, FIRST[0], PLAIN)])


def test_a_result_that_is_not_carried_need_not_move() -> None:
    vector = replace(RUBRIC, results=(Result((2,), "float32"),), batches=2)
    drawn = draw(vector, [trace(lambda w, lr, xs, ys: jnp.stack([w, w]), FIRST[0], vector)])
    assert drawn.expected[0][0].shape == (2,)


def test_a_reference_without_exact_results_has_none() -> None:
    drawn = draw(PLAIN, [trace(lambda w, lr, xs, ys: jnp.sin(w), FIRST[0], PLAIN)])
    assert not drawn.exact


def test_only_some_batches_have_exact_results() -> None:
    asked = replace(PLAIN, batches=6)
    assert len(draw(asked, [trace(reference, FIRST[0], asked)]).exact) == 2


def test_large_batches_have_no_exact_results() -> None:
    wide = replace(PLAIN, dimensions=(replace(RUBRIC.dimensions[0], max=99), RUBRIC.dimensions[1]))
    shape = (("N", 99), ("B", 1))
    drawn = draw(wide, [trace(lambda w, lr, xs, ys: w + 1, shape, wide)])
    assert not drawn.exact


@pytest.mark.parametrize("structure", [Structure(), Structure(ScanRule("N", (), ("x_batches",)))])
def test_without_a_carried_argument_there_is_no_start(structure: Structure) -> None:
    batch = Batch(FIRST[0], tuple(np.zeros(()) for _ in RUBRIC.arguments))
    assert starts(replace(RUBRIC, structure=structure), batch) == (None,)


def test_the_start_is_the_carried_argument() -> None:
    batch = bank().batches[0]
    assert starts(RUBRIC, batch)[0] is batch.arguments[0]


def test_the_device_runs_on_the_growth_shapes_or_the_last() -> None:
    found = shapes(RUBRIC)
    assert [found[p] for p in device_batches(RUBRIC, found)] == growth_shapes(RUBRIC)
    assert device_batches(PLAIN, found) == [8, 9]


def test_exact_results_are_text() -> None:
    assert exact_text([np.array([[Fraction(1, 3)], [Fraction(2)]], object)]) == ("1/3", "2")


def test_traces_of_a_reference_come_in_the_order_of_the_shapes() -> None:
    assert tuple(found.dimensions for found in traces(reference)) == shapes(RUBRIC)

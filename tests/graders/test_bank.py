from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from graders.bank import device_batches, draw, exact_text, starts
from graders.inputs import Batch, Infeasible, growth_shapes, shapes
from graders.rubric import Argument, Result, Rubric, ScanRule, Signature, Structure
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


def carried(*results: Result, carry: tuple[str, ...] = ("w",)) -> Rubric:
    structure = Structure(ScanRule("N", carry, ("x_batches",)))
    return replace(RUBRIC, results=results, structure=structure, batches=4)


SCALAR, VECTOR = Result((), "float32"), Result(("N",), "float32")
WHOLE = Result((), "int32")


@pytest.mark.parametrize(
    ("asked", "columns"),
    [
        (carried(SCALAR, VECTOR), (0, None)),
        (carried(VECTOR, SCALAR), (None, 0)),
        (carried(SCALAR, SCALAR), (0, 0)),
        (carried(WHOLE), (None,)),
        (carried(SCALAR, SCALAR, carry=("w", "lr")), (0, 1)),
        (carried(SCALAR, VECTOR, SCALAR, carry=("w", "lr")), (0, None, 1)),
        (carried(SCALAR, SCALAR, SCALAR, carry=("w", "lr")), (0, 1, 0)),
        (carried(VECTOR, SCALAR, carry=("lr", "w")), (None, 0)),
    ],
)
def test_each_result_starts_from_the_carried_argument_it_is_like(
    asked: Rubric, columns: tuple[int | None, ...]
) -> None:
    batch = bank().batches[0]
    wanted = tuple(None if column is None else batch.arguments[column] for column in columns)
    found = starts(asked, batch)
    assert all(one is another for one, another in zip(found, wanted, strict=True))


PARAMS = replace(
    RUBRIC,
    arguments=(
        Argument("params.b", (), "float32", -3, 3),
        Argument("params.w", ("B",), "float32", -3, 3),
        Argument("x_batches", ("N", "B"), "float32", -2, 2),
    ),
    structure=Structure(ScanRule("N", ("params",), ("x_batches",))),
    results=(Result((), "float32", "b"), Result(("B",), "float32", "w")),
    batches=4,
)


def test_the_results_of_a_carried_container_start_from_its_arrays() -> None:
    batch = Batch(FIRST[0], (np.zeros(()), np.ones(1), np.zeros((1, 1))))
    assert [array is batch.arguments[n] for n, array in enumerate(starts(PARAMS, batch))] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    "function",
    [
        lambda b, w, xs: (b + 1, w),
        lambda b, w, xs: (b, w + 1),
        lambda b, w, xs: (b + 1, w / 0),
    ],
)
def test_every_result_must_be_finite_and_move(function: Any) -> None:
    flat = replace(PARAMS, signature=Signature.flat(("b", "w", "x_batches"), 2))
    infeasible(function, flat)
    moving = trace(lambda b, w, xs: (b + 1, w + 1), FIRST[0], flat)
    assert len(draw(flat, [moving]).expected[0]) == 2


def test_the_device_runs_on_the_growth_shapes_or_the_last() -> None:
    found = shapes(RUBRIC)
    assert [found[p] for p in device_batches(RUBRIC, found)] == growth_shapes(RUBRIC)
    assert device_batches(PLAIN, found) == [8, 9]


def test_exact_results_are_text() -> None:
    values = [np.array([[Fraction(1, 3)], [Fraction(2)]], object), np.array(7), np.array(True)]
    assert exact_text(values) == ("1/3", "2", "7", "True")


def test_traces_of_a_reference_come_in_the_order_of_the_shapes() -> None:
    assert tuple(found.dimensions for found in traces(reference)) == shapes(RUBRIC)

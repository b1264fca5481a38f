"""Which shapes are tried, what is drawn in them, and how a failing batch shrinks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graders.inputs import (
    Batch,
    Infeasible,
    batches,
    grid,
    growth_shapes,
    shapes,
    smallest,
    strategy,
)
from graders.rubric import KEY, Argument, Dimension, Rubric, Structure
from tests.graders.exercise import RUBRIC

SHAPE = (("N", 2), ("B", 3))


def sized(*dimensions: Dimension, constant: tuple[str, ...] = ()) -> Rubric:
    return replace(
        RUBRIC, dimensions=dimensions, structure=Structure(constant_size=constant), arguments=()
    )


DIMENSIONS = st.builds(
    lambda names, ranges: [
        Dimension(n, low, low + more) for n, (low, more) in zip(names, ranges, strict=False)
    ],
    st.permutations(["A", "B", "C"]),
    st.lists(st.tuples(st.integers(1, 4), st.integers(0, 6)), min_size=1, max_size=3),
)


@given(DIMENSIONS, st.integers(1, 12))
def test_shapes_hold_the_edges_and_the_growth_pairs(dims: list[Dimension], wanted: int) -> None:
    rubric = sized(*dims, constant=(dims[0].name,))
    found = shapes(rubric, wanted)
    assert tuple((d.name, d.min) for d in dims) in found
    assert tuple((d.name, d.max) for d in dims) in found
    assert set(growth_shapes(rubric)) <= set(found)
    assert len(set(found)) == len(found)
    possible = int(np.prod([d.max - d.min + 1 for d in dims]))
    assert len(found) >= min(wanted, possible)
    assert all(d.min <= dict(s)[d.name] <= d.max for s in found for d in dims)
    assert found == shapes(rubric, wanted)


def test_growth_shapes_differ_in_one_dimension_only() -> None:
    rubric = sized(Dimension("N", 1, 9), Dimension("B", 1, 4), constant=("N", "B"))
    small, large, narrow, wide = map(dict, growth_shapes(rubric))
    assert (small["N"], large["N"]) == (3, 9)
    assert small["B"] == large["B"]
    assert (narrow["B"], wide["B"]) == (3, 4)
    assert narrow["N"] == wide["N"]


@pytest.mark.parametrize(
    ("smallest", "largest", "pair"),
    [(1, 64, (8, 64)), (1, 16, (3, 16)), (1, 2, (2, 2)), (20, 64, (20, 64)), (5, 5, (5, 5))],
)
def test_logarithmic_growth_is_seen_from_an_eighth_on(
    smallest: int, largest: int, pair: tuple[int, int]
) -> None:
    rubric = sized(Dimension("B", 1, 9), Dimension("N", smallest, largest))
    rubric = replace(rubric, structure=Structure(None, ("B",), logarithmic_size=("N",)))
    narrow, wide, small, large = map(dict, growth_shapes(rubric))
    assert (narrow["B"], wide["B"]) == (3, 9)
    assert (small["N"], large["N"]) == pair
    assert small["B"] == large["B"] == 5


def test_without_dimensions_there_is_one_shape() -> None:
    assert shapes(sized()) == ((),)
    assert growth_shapes(sized()) == []


def test_drawn_extents_differ_where_there_are_shapes_enough() -> None:
    rubric = sized(Dimension("A", 1, 9), Dimension("B", 1, 9), Dimension("C", 1, 9))
    drawn = shapes(rubric, 40)[6:]
    assert len(drawn) == 34
    assert all(len({size for _, size in shape}) == 3 for shape in drawn)


def test_extents_that_cannot_differ_are_drawn_alike() -> None:
    rubric = sized(Dimension("A", 1, 1), Dimension("B", 1, 1), Dimension("C", 1, 40))
    found = shapes(rubric, 12)
    assert len(found) == len(set(found)) == 12
    assert {dict(shape)["A"] for shape in found} == {1}


def argument(dtype: str, low: float, high: float) -> Argument:
    return Argument("a", (), dtype, low, high)


BOUNDS = st.floats(-1000, 1000, width=32)


@given(BOUNDS, BOUNDS)
def test_the_grid_is_made_of_float32_numbers_within_the_range(low: float, high: float) -> None:
    assume(low == high or high - low > 1e-3)
    values = grid(argument("float32", low, high))
    assert np.array_equal(values, np.asarray(values, np.float32).astype(np.float64))
    assert np.all((values >= low) & (values <= high))
    assert np.all(np.diff(values) > 0)
    assert 1 <= len(values) <= 10_000
    assert low == high or len(values) >= 64


@pytest.mark.parametrize(
    ("dtype", "low", "high", "values"),
    [
        ("bool", 0, 1, [False, True]),
        ("int32", -1.5, 2, [-1, 0, 1, 2]),
        ("uint8", 0, 1, [0, 1]),
        ("float32", 0.3, 0.3, [0.3]),
        ("float32", 2, 2, [2]),
    ],
)
def test_small_grids(dtype: str, low: float, high: float, values: list[Any]) -> None:
    assert grid(argument(dtype, low, high)).tolist() == values


def drawn(count: int = 40, shape: Any = SHAPE) -> list[Batch]:
    return batches(RUBRIC, shape, count, lambda batch: True)


def test_batches_are_distinct_within_their_ranges_and_the_same_each_time() -> None:
    found = drawn()
    assert len({b"".join(a.tobytes() for a in batch.arguments) for batch in found}) == 40
    for batch in found:
        for value, each in zip(batch.arguments, RUBRIC.arguments, strict=True):
            assert value.dtype == each.dtype
            assert value.shape == each.type(SHAPE).shape
            assert np.all((value >= each.low) & (value <= each.high))
    again = drawn()
    assert [[a.tolist() for a in b.arguments] for b in found] == [
        [a.tolist() for a in b.arguments] for b in again
    ]


def test_large_arrays_are_drawn_too() -> None:
    (batch,) = drawn(1, (("N", 6), ("B", 4)))
    assert batch.arguments[2].shape == (6, 4)


KEYED = replace(RUBRIC, arguments=(Argument("key", (), KEY), Argument("keys", ("N", "B"), KEY)))


def test_random_keys_are_numbers_of_two_words() -> None:
    found = batches(KEYED, SHAPE, 20, lambda batch: True)
    one, many = (np.stack(column) for column in zip(*[b.arguments for b in found], strict=True))
    assert (one.shape, many.shape) == ((20,), (20, 2, 3))
    assert one.dtype == many.dtype == np.uint64
    assert len(np.unique(one)) > 5
    assert len(np.unique(many)) > 60
    for word in (many >> np.uint64(32), many & np.uint64(0xFFFFFFFF)):
        assert np.count_nonzero(word > 1 << 31) > 20
    again = batches(KEYED, SHAPE, 20, lambda batch: True)
    assert np.array_equal(many, np.stack([batch.arguments[1] for batch in again]))


def test_a_batch_with_keys_shrinks() -> None:
    found = smallest(KEYED, [SHAPE], lambda batch: bool(batch.arguments[0] % 2), 200)
    assert found is not None
    assert found.arguments[0] % 2
    assert found.arguments[0].shape == ()


def test_only_admitted_batches_are_kept() -> None:
    found = batches(RUBRIC, SHAPE, 10, lambda batch: bool(batch.arguments[0] > 0))
    assert all(batch.arguments[0] > 0 for batch in found)


def test_a_single_batch_need_not_be_the_plainest() -> None:
    (found,) = batches(RUBRIC, SHAPE, 1, lambda batch: all(a.any() for a in batch.arguments))
    assert all(array.any() for array in found.arguments)


def test_a_reference_that_admits_nothing_is_infeasible() -> None:
    with pytest.raises(Infeasible) as caught:
        batches(RUBRIC, SHAPE, 3, lambda batch: False)
    assert (caught.value.dimensions, caught.value.found, caught.value.wanted) == (SHAPE, 0, 3)


@given(strategy(RUBRIC, SHAPE))
def test_a_strategy_gives_batches_of_its_shape(batch: Batch) -> None:
    assert batch.dimensions == SHAPE
    assert [a.shape for a in batch.arguments] == [a.type(SHAPE).shape for a in RUBRIC.arguments]


def test_the_smallest_batch_is_small_and_plain() -> None:
    candidates = [(("N", 4), ("B", 2)), (("N", 2), ("B", 2)), (("N", 1), ("B", 3))]
    found = smallest(
        RUBRIC, candidates, lambda b: dict(b.dimensions)["N"] > 1 and bool(b.arguments[0] >= 1), 200
    )
    assert found is not None
    assert found.dimensions == (("N", 2), ("B", 2))
    assert found.arguments[0] == 1
    assert not found.arguments[2].any()


def test_where_nothing_fails_there_is_no_smallest() -> None:
    assert smallest(RUBRIC, [SHAPE], lambda batch: False, 20) is None


def test_what_does_not_fail_again_is_not_shown() -> None:
    asked: list[Batch] = []

    def once(batch: Batch) -> bool:
        asked.append(batch)
        return len(asked) == 1

    assert smallest(RUBRIC, shapes(RUBRIC)[:1], once, 20) is None
    assert len(asked) > 1

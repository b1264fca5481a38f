"""Random arguments lie where they should, and are the same for the same seed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from graders.jaxpr.model import ArrayType
from graders.mutation.points import Kind, beyond, coarse, draw, huge, inside, ties
from tests.graders.programs import SCALAR, WHOLE, Builder, vector

RANDOM = np.random.default_rng(1)


def drawn(kind: Kind, dtype: str, low: float, high: float) -> Any:
    return kind(ArrayType(dtype, (200,)), (low, high), RANDOM)


@pytest.mark.parametrize("kind", [inside, beyond, ties, coarse, huge(20)])
@pytest.mark.parametrize(
    "dtype", ["float32", "bfloat16", "float64", "int32", "uint8", "bool", "key<fry>"]
)
def test_every_kind_draws_every_type(kind: Kind, dtype: str) -> None:
    values = drawn(kind, dtype, 0, 3)
    assert values.shape == (200,)
    assert len(np.unique(values)) > 1
    if dtype.startswith(("int", "uint", "bool")):
        assert values.dtype == dtype


def test_numbers_inside_are_of_the_declared_type_and_range() -> None:
    values = drawn(inside, "float32", -2, 1)
    assert values.dtype == np.float32
    assert -2 <= values.min() < -1.5 < 0.5 < values.max() <= 1
    assert drawn(inside, "bfloat16", 0, 1).dtype == np.float32
    assert set(drawn(inside, "int32", -1.5, 1.5)) == {-1, 0, 1}


def test_numbers_beyond_lie_around_the_range() -> None:
    values = drawn(beyond, "float32", 1, 2)
    assert values.min() < -1
    assert values.max() > 4
    assert drawn(beyond, "int8", -100, 100).min() < -100


def test_ties_are_few_numbers() -> None:
    assert set(drawn(ties, "float32", 5, 6)) == {-2, -1, 0, 1, 2}
    assert set(drawn(ties, "uint8", 5, 6)) == {0, 1, 2}


@pytest.mark.parametrize(("low", "high"), [(-2, 2), (1 / 256, 1 / 32), (0.3, 0.3), (0, 1e-6)])
def test_coarse_numbers_have_few_digits(low: float, high: float) -> None:
    values = drawn(coarse, "float32", low, high)
    assert len(np.unique(values)) < 40
    assert np.all(values == values.astype(np.float32))


def test_huge_numbers_are_whole_and_of_either_sign() -> None:
    values = drawn(huge(40), "float32", 0, 1)
    assert values.dtype == np.int64
    assert values.min() < -(1 << 38)
    assert values.max() > 1 << 38


def same(left: list[Any], right: list[Any]) -> bool:
    pairs: list[Any] = [
        np.array_equal(a, b)
        for one, other in zip(left, right, strict=True)
        for a, b in zip(one, other, strict=True)
    ]
    return all(pairs)


def test_the_same_seed_draws_the_same_arguments() -> None:
    builder = Builder(SCALAR, vector(3), WHOLE)
    program = builder.gives()
    ranges = [(0.0, 1.0), (-1.0, 1.0), (0.0, 9.0)]
    first = draw(inside, program, ranges, (1, 2), 5)
    assert len(first) == 5
    assert [value.shape for value in first[0]] == [(), (3,), ()]
    assert same(first, draw(inside, program, ranges, (1, 2), 5))
    assert not same(first, draw(inside, program, ranges, (1, 3), 5))

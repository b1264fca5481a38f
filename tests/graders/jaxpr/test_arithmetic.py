"""Storage, loading and settling; rational arithmetic against `fractions.Fraction`."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.jaxpr.arithmetic import (
    EXACT,
    FLOAT64,
    NATIVE,
    Arithmetic,
    NotExact,
    as_fractions,
    is_float,
    round_to,
    settle_fractions,
)
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import ArrayType
from tests.graders.programs import SCALAR, traced

FINITE = st.floats(-1e6, 1e6, width=32)


@pytest.mark.parametrize(
    ("dtype", "native", "wide", "exact"),
    [
        ("float32", "float32", "float64", "object"),
        ("float64", "float64", "float64", "object"),
        ("float16", "float16", "float64", "object"),
        ("bfloat16", "float32", "float64", "object"),
        ("int32", "int32", "int32", "int32"),
        ("bool", "bool", "bool", "bool"),
        ("complex64", "complex64", "complex128", "complex128"),
        ("key<fry>", "uint64", "uint64", "uint64"),
    ],
)
def test_where_declared_types_are_kept(dtype: str, native: str, wide: str, exact: str) -> None:
    kept = [arithmetic.storage(dtype) for arithmetic in (NATIVE, FLOAT64, EXACT)]
    assert kept == [np.dtype(native), np.dtype(wide), np.dtype(exact)]


@pytest.mark.parametrize(
    ("name", "answer"), [("float32", True), ("bfloat16", True), ("int8", False)]
)
def test_names_of_floats(name: str, answer: bool) -> None:
    assert is_float(name) is answer


@given(st.lists(FINITE, max_size=5))
def test_fractions_are_the_same_numbers(values: list[float]) -> None:
    found = as_fractions(np.array(values, np.float64))
    assert found.tolist() == [Fraction(value) for value in values]


@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan, 1j])
def test_what_is_no_fraction_is_not_exact(value: Any) -> None:
    with pytest.raises(NotExact):
        as_fractions(np.array([1, value]))


def test_loading_keeps_integers_and_refuses_complex_numbers() -> None:
    assert EXACT.load(np.array([1, 2]), ArrayType("int32", (2,))).dtype == np.int32
    assert FLOAT64.load(np.array(1, np.float32), SCALAR).dtype == np.float64
    with pytest.raises(NotExact, match="complex"):
        EXACT.load(np.array(1j), ArrayType("complex64"))


def test_settling() -> None:
    assert FLOAT64.settle(SCALAR) is None
    assert EXACT.settle(ArrayType("int32")) is None
    assert EXACT.settle(SCALAR) is settle_fractions
    with pytest.raises(NotExact, match="rounds to bfloat16"):
        EXACT.settle(ArrayType("bfloat16"))
    with pytest.raises(NotExact, match="complex"):
        EXACT.settle(ArrayType("complex64"))


def test_fractions_stay_short() -> None:
    assert settle_fractions(np.array([1.5, 2], object)).tolist() == [Fraction(3, 2), 2]
    with pytest.raises(NotExact, match="too long"):
        settle_fractions(np.array([Fraction(1, 3**10_000)], object))


@given(st.lists(st.floats(width=32, allow_nan=True), min_size=1, max_size=4))
@pytest.mark.parametrize("arithmetic", [NATIVE, FLOAT64])
def test_bfloat16_rounds_to_nearest_even(arithmetic: Arithmetic, values: list[float]) -> None:
    settle = arithmetic.settle(ArrayType("bfloat16"))
    assert settle is not None
    given_values = np.array(values, np.float32)
    with np.errstate(all="ignore"):
        expected = given_values.astype(ml_dtypes.bfloat16).astype(np.float32)
    np.testing.assert_array_equal(settle(given_values), expected)
    np.testing.assert_array_equal(settle(given_values[0]), expected[0])
    assert settle(given_values.astype(np.float64)).dtype == np.float64


def test_float16_is_rounded_to_wherever_it_is_kept() -> None:
    third = np.array([1 / 3], np.float32)
    rounded = round_to("float16")(third)
    assert rounded.dtype == np.float32
    assert rounded[0] == np.float16(1 / 3)
    assert round_to("float16")(third.astype(np.float16)).dtype == np.float16


@given(FINITE, FINITE, FINITE)
def test_exact_evaluation_is_fraction_maths(a: float, b: float, c: float) -> None:
    program = traced(lambda a, b, c: (a * b + c, (a - b) * (a - b) / 3, -c), *[np.float32(0)] * 3)
    arguments = [np.float32(value) for value in (a, b, c)]
    x, y, z = (Fraction(float(value)) for value in arguments)
    found = Evaluator(EXACT).prepare(program)([np.asarray(v) for v in arguments])
    assert [value[()] for value in found] == [x * y + z, (x - y) ** 2 / 3, -z]

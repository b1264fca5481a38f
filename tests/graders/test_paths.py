"""A carry that goes the way of another is known, whatever it is kept as."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graders.paths import astray, bearers, combine, elements

PATH = np.array([[1.0], [3.0], [2.0], [7.0]])
OTHER = np.array([0.5, 9, 8, 1])


def carried(*columns: Any) -> list[list[Any]]:
    return [[np.asarray(column[step]) for column in columns] for step in range(len(PATH))]


@given(st.floats(-9, 9), st.floats(-9, 9))
def test_an_affine_function_of_the_path_bears_it(slope: float, shift: float) -> None:
    assume(abs(slope) > 0.01)
    found = bearers(carried(OTHER, slope * PATH[:, 0] + shift), PATH)
    assert found is not None
    assert found.tolist() == [False, True]


def test_a_history_bears_the_path() -> None:
    table = np.zeros((4, 4))
    for step in range(1, 4):
        table[step:, step] = PATH[step, 0]
    found = bearers(carried(table), PATH)
    assert found is not None
    assert found.tolist() == [False, True, True, True]


@pytest.mark.parametrize("columns", [(OTHER,), (np.arange(4),), (np.full(4, np.nan),), ()])
def test_other_carries_do_not(columns: Any) -> None:
    assert bearers(carried(*columns), PATH) is None


def test_a_path_that_stands_still_is_borne_by_anything_there_is() -> None:
    still = np.ones((4, 1))
    found = bearers(carried(OTHER), still)
    assert found is not None
    assert found.all()
    assert bearers(carried(np.arange(4)), still) is None


@pytest.mark.parametrize(
    ("column", "wanted", "code"),
    [
        (PATH[:, 0], np.column_stack([PATH, OTHER]), "carry_incomplete"),
        (OTHER**2, np.column_stack([PATH, OTHER]), "not_the_work"),
        (np.arange(4), np.ones((4, 1)), "not_the_work"),
    ],
)
def test_a_carry_that_is_astray_may_hold_a_part(column: Any, wanted: Any, code: str) -> None:
    assert bearers(carried(column), wanted) is None
    assert astray(carried(column), wanted, "w").code == code


def test_elements_are_the_floats_one_row_a_step() -> None:
    first = [np.arange(2), np.ones((1, 2)), np.array(5.0)]
    rows = elements([first, [value * 0 for value in first]])
    assert rows.tolist() == [[1, 1, 5], [0, 0, 0]]


def test_a_path_may_be_made_of_several_elements() -> None:
    random = np.random.default_rng(1)
    runs = [random.normal(size=(4, 2)) for _ in range(3)]
    paths = [run @ np.array([[2.0], [-1.0]]) + 5 for run in runs]
    assert combine(runs, paths)
    assert not combine(runs, [random.normal(size=(4, 1)) for _ in runs])
    assert not combine(runs[:1], paths[:1])
    assert not combine([run * np.nan for run in runs], paths)

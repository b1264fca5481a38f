"""Interventions do what they say, and comparisons see what changed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jax import lax

from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Program
from graders.probe import (
    Intervention,
    LoopLab,
    changed_rows,
    largest_change,
    moved,
    moved_at,
    same,
)
from tests.graders.programs import traced

ROWS = np.array([1, 2, 3], np.float32)


def function(w: Any, k: Any, xs: Any) -> Any:
    last, ys = lax.scan(lambda c, x: (c + k * x, c), w, xs)
    return last * 10, ys


def lab(function: Any, *values: Any) -> LoopLab:
    program: Program = traced(function, *values)
    (scan,) = (equation for equation in program.walk() if equation.primitive == "scan")
    return LoopLab(program, scan, Evaluator())


ARGUMENTS = [np.asarray(1, np.float32), np.asarray(2, np.float32), ROWS]


def watched() -> LoopLab:
    return lab(function, *ARGUMENTS)


def listed(values: Any) -> list[Any]:
    return [np.asarray(value).tolist() for value in values]


def test_an_observation_holds_what_went_in_and_came_out() -> None:
    seen = watched().observe(ARGUMENTS)
    assert seen.reached
    assert listed(seen.results) == [130, [1, 3, 7]]
    assert (listed(seen.consts), listed(seen.init), listed(seen.xs)) == ([2], [1], [[1, 2, 3]])
    assert listed(seen.outputs) == [13, [1, 3, 7]]
    assert [listed(carry) for carry in seen.carries] == [[1], [3], [7], [13]]


def test_captured_values_can_be_held() -> None:
    held = (np.asarray(0.0),), (np.asarray(5.0),)
    seen = watched().observe(ARGUMENTS, Intervention(captured=held))
    assert listed(seen.results) == [50, [5, 5, 5]]
    assert listed(seen.init) == [5]


def test_the_carry_can_be_moved_at_a_step() -> None:
    def carry(step: int, values: Any) -> Any:
        return tuple(value + 100 * (step == 2) for value in values)

    seen = watched().observe(ARGUMENTS, Intervention(carry=carry))
    assert listed(seen.results) == [1130, [1, 3, 107]]
    assert [listed(values) for values in seen.carries] == [[1], [3], [107], [113]]


def test_outputs_can_be_replaced() -> None:
    seen = watched().observe(ARGUMENTS, Intervention(outputs=lambda o: (o[0] * 0, o[1])))
    assert listed(seen.results) == [0, [1, 3, 7]]
    assert listed(seen.outputs) == [0, [1, 3, 7]]


def test_an_intervention_lasts_for_one_run() -> None:
    laboratory = watched()
    laboratory.observe(ARGUMENTS, Intervention(outputs=moved))
    assert listed(laboratory.observe(ARGUMENTS).results) == [130, [1, 3, 7]]


def test_a_scan_that_is_not_run_is_not_reached() -> None:
    def hidden(w: Any, k: Any, xs: Any) -> Any:
        return lax.cond(k > 0, lambda: function(w, k, xs)[0], lambda: w)

    laboratory = lab(hidden, *ARGUMENTS)
    assert laboratory.observe(ARGUMENTS).reached
    unreached = laboratory.observe([ARGUMENTS[0], np.asarray(-1, np.float32), ROWS])
    assert not unreached.reached
    assert unreached.outputs == ()


ONE, NAN = np.ones(2), np.array([1, np.nan])


@pytest.mark.parametrize(
    ("left", "right", "answer"),
    [
        ([], [], True),
        ([ONE], [], False),
        ([ONE], [ONE[:1]], False),
        ([ONE], [ONE], True),
        ([ONE], [ONE * 2], False),
        ([NAN], [NAN], True),
        ([NAN], [ONE], False),
    ],
)
def test_the_same_values(left: Any, right: Any, answer: bool) -> None:
    assert same(left, right) is answer


@given(st.lists(st.floats(-1e6, 1e6), min_size=1), st.sampled_from([0.5, 1e-4]))
def test_moved_floats_are_moved_by_at_least_so_much(values: list[float], by: float) -> None:
    array, whole = np.array(values), np.arange(3)
    other, kept = moved((array, whole), by)
    assert np.all(other - array >= by * 0.999)
    assert kept is whole


def test_only_marked_elements_are_moved() -> None:
    values = (np.arange(2), np.array(1.0), np.array([[1.0, 2.0]]))
    found = moved_at(values, np.array([False, True, False]), 0.5)
    assert listed(found) == [[0, 1], 1.0, [[2.0, 2.0]]]


@pytest.mark.parametrize(
    ("left", "right", "change"),
    [
        ([], [], 0),
        ([np.array([1.0, 5])], [np.array([2.0, 2])], 3),
        ([np.array(1.0)], [np.array(np.nan)], np.inf),
        ([np.array(True)], [np.array(False)], 1),
        ([np.array(1j)], [np.array(5j)], 0),
        ([np.zeros(0)], [np.zeros(0)], 0),
    ],
)
def test_the_largest_change(left: Any, right: Any, change: float) -> None:
    assert largest_change(left, right) == change


def test_rows_that_changed_in_any_operand() -> None:
    base = (np.zeros((3, 2)), np.array([1, np.nan, 2]))
    other = (np.array([[0, 0], [0, 0], [0, 9.0]]), np.array([5, np.nan, 2]))
    assert changed_rows(base, other) == {0, 2}
    assert changed_rows(base, base) == set()

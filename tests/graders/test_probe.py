"""Interventions do what they say, and comparisons see what changed."""

from __future__ import annotations

from functools import partial
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
    changed,
    changed_rows,
    largest_change,
    moved,
    moved_at,
    same,
    whole,
)
from tests.graders.programs import traced

ROWS = np.array([1, 2, 3], np.float32)


def function(w: Any, k: Any, xs: Any) -> Any:
    last, ys = lax.scan(lambda c, x: (c + k * x, c), w, xs)
    return last * 10, ys


def lab(function: Any, *values: Any, primitive: str = "scan") -> LoopLab:
    program: Program = traced(function, *values)
    (loop,) = (equation for equation in program.walk() if equation.primitive == primitive)
    return LoopLab(program, loop, Evaluator())


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
    array, count = np.array(values), np.arange(3)
    other, kept = moved((array, count), by)
    assert np.all(other - array >= by * 0.999)
    assert kept is count


WHOLE = (np.array([3, -1], np.int32), np.array(True), np.array([7], np.uint8))


def test_where_there_are_no_floats_everything_else_is_moved() -> None:
    assert listed(moved(WHOLE)) == [[4, 0], False, [8]]
    assert moved(()) == ()


def test_all_kinds_are_moved_where_that_is_asked_for() -> None:
    real, *others = moved((np.array(1.0), *WHOLE), 0.5, all_kinds=True)
    assert real >= 1.5
    assert listed(others) == [[4, 0], False, [8]]
    kept = moved((np.array(1.0), *WHOLE), 0.5)[1:]
    assert all(one is another for one, another in zip(kept, WHOLE, strict=True))


LARGEST = [np.array(2**64 - 1, np.uint64), np.array(127, np.int8), np.array([255], np.uint8)]


@pytest.mark.parametrize(
    "value", [*WHOLE, *LARGEST, np.array(False), np.array([1.5], np.float32), np.array(2j)]
)
def test_a_changed_value_is_another_of_the_same_type(value: Any) -> None:
    other = changed(value)
    assert (other.dtype, other.shape) == (value.dtype, value.shape)
    assert np.all(other != value)


@pytest.mark.parametrize(
    ("results", "answer"),
    [
        ([], True),
        ([*WHOLE], True),
        ([*WHOLE, np.float32(1)], False),
        ([np.zeros(0)], False),
    ],
)
def test_results_are_whole_without_a_float(results: Any, answer: bool) -> None:
    assert whole(results) is answer


def search(limit: Any, by: Any) -> Any:
    return lax.while_loop(lambda c: c[1] < limit, lambda c: (c[0] + 1, c[1] + by), (0, by))[0]


def test_a_while_loop_is_observed_too() -> None:
    laboratory = lab(search, *ARGUMENTS[:2], primitive="while")
    seen = laboratory.observe([np.asarray(3.0), np.asarray(1.0)])
    assert laboratory.carried == 2
    assert seen.reached
    assert (listed(seen.consts), listed(seen.init), seen.xs) == ([3, 1], [0, 1], ())
    assert [listed(carry) for carry in seen.carries] == [[0, 1], [1, 2], [2, 3]]
    assert (listed(seen.outputs), listed(seen.results)) == ([2, 3], [2])


@pytest.mark.parametrize(("all_kinds", "result"), [(False, 2), (True, 3)])
def test_a_count_beside_floats_is_moved_only_with_all_kinds(all_kinds: bool, result: int) -> None:
    laboratory = lab(search, *ARGUMENTS[:2], primitive="while")
    move = Intervention(outputs=partial(moved, all_kinds=all_kinds))
    seen = laboratory.observe([np.asarray(3.0), np.asarray(1.0)], move)
    assert listed(seen.results) == [result]


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

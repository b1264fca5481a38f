from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from graders.verdict import Counterexample, Moment
from harness.report import example
from harness.report.page import Page, Symbols


def shown(*moments: Moment, width: int = 80, colour: bool = False) -> str:
    found = Counterexample({}, {"x": 1.0}, "1", "2", "float64", moments)
    return "\n".join(example.lines(found, Page(width, colour, Symbols())))


def moment(step: int, expected: Any, got: Any, **gradients: Any) -> Moment:
    return Moment(step, {"w": expected}, {"w": got}, gradients, expected == got)


def test_without_a_way_there_is_no_table() -> None:
    assert "step" not in shown()
    assert list(example.lines(None, Page(80, False, Symbols()))) == []


def test_a_carry_that_is_right_is_said_to_be() -> None:
    text = shown(moment(0, 1.0, 1.0), moment(1, 2.0, 2.0))
    assert "The carry, step by step: it is the reference's all the way" in text
    assert "✗" not in text


def test_the_step_at_which_they_part_is_marked() -> None:
    text = shown(moment(0, 1.0, 1.0), moment(1, 2.0, 3.0, w=(1.0, 2.0)), colour=True)
    assert "\x1b[31m  1      w      2         3      1                  2 ✗\x1b[0m" in text


def test_gradients_are_left_out_where_there_is_no_room() -> None:
    way = (moment(0, 1.0, 1.0), moment(1, 0.1234567, 0.7654321, w=(0.1234567, 0.7654321)))
    assert "gradient" in shown(*way)
    assert "gradient" not in shown(*way, width=40)


def test_of_a_long_way_beginning_and_end_are_shown() -> None:
    text = shown(*(moment(step, float(step), float(step)) for step in range(30)))
    steps = [line.split()[0] for line in text.splitlines() if " w " in line]
    assert steps == ["start", "1", "24", "25", "26", "27", "28", "29"]


def test_of_many_names_those_that_differ_are_shown() -> None:
    last = Moment(1, {"b": 1.0, "w": [1.0, 2.0]}, {"b": 1.0, "w": [1.0, 3.0]}, {}, False)
    text = shown(replace(last, step=0, got=last.expected, same=True), last)
    assert "[1, 3]" in text
    assert not any(line.split()[1:2] == ["b"] for line in text.splitlines())


@pytest.mark.parametrize("value", [[[1.0] * 9] * 9, "inf"])
def test_a_large_value_is_cut(value: Any) -> None:
    text = shown(moment(0, value, value))
    assert all(len(line) <= 80 for line in text.splitlines())

from __future__ import annotations

import math
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graders.verdict import Moment
from harness.report.html.chart import BOTTOM, HEIGHT, LEFT, PANELS, RIGHT, TOP, WIDTH, panels

_NUMBERS = st.floats() | st.integers() | st.none() | st.lists(st.floats(), max_size=2)


def _way(*pairs: tuple[Any, Any], same: bool = False) -> list[Moment]:
    last = len(pairs) - 1
    return [
        Moment(n, {"w": expected}, {"w": got}, {}, same or n < last)
        for n, (expected, got) in enumerate(pairs)
    ]


def test_a_number_that_is_carried_becomes_a_chart() -> None:
    [panel] = panels(_way((0.0, 0.0), (-1.0, -1.0), (1.0, 3.0)))
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    assert panel.title == "w"
    assert [tick.label for tick in panel.steps] == ["0", "1", "2"]
    assert [tick.label for tick in panel.values] == ["-1", "3", "0"]
    assert panel.got.points[1:] == (((LEFT + right) / 2, bottom), (right, TOP))
    assert panel.expected.path.startswith(f"M{LEFT} ")
    assert panel.expected.path.count("L") == 2
    assert panel.parted == right


def test_of_many_numbers_those_that_differ_most_are_drawn() -> None:
    expected = {"a": [0.0] * 5, "b": 0.0}
    got = {"a": [0.0, 1.0, 5.0, 3.0, float("inf")], "b": 2.0}
    found = panels(_way((expected, expected), (expected, got)))
    assert [panel.title for panel in found] == ["w.a[4]", "w.a[2]", "w.a[3]", "w.b"]
    assert len(found) == PANELS


def test_what_is_not_finite_is_a_gap() -> None:
    [panel] = panels(_way((0, 0), (1, math.nan), (2, 10**400), (3, "?"), (4, 5)))
    assert len(panel.expected.points) == 5
    assert [x for x, _ in panel.got.points] == [LEFT, WIDTH - RIGHT]
    assert panel.got.path.count("M") == 2


def test_one_that_stays_where_it_is_lies_in_the_middle() -> None:
    [panel] = panels(_way((1, 1), (1, 1), same=True))
    assert {y for _, y in panel.got.points} == {TOP + (HEIGHT - TOP - BOTTOM) / 2}
    assert [tick.label for tick in panel.values] == ["1"]
    assert panel.parted is None


def test_steps_that_have_no_room_for_a_label_go_without() -> None:
    [panel] = panels(_way(*((n, n) for n in range(33)), same=True))
    assert [tick.label for tick in panel.steps] == ["0", "5", "10", "15", "20", "25", "30"]


def test_there_is_nothing_to_draw_without_a_way_or_numbers() -> None:
    assert panels(()) == ()
    assert panels(_way((math.nan, math.inf))) == ()
    assert panels([Moment(0, {}, {}, {}, False)]) == ()


@given(st.lists(st.tuples(_NUMBERS, _NUMBERS), max_size=9))
def test_everything_is_drawn_within_the_picture(pairs: list[tuple[Any, Any]]) -> None:
    for panel in panels(_way(*pairs)):
        for x, y in panel.expected.points + panel.got.points:
            assert LEFT <= x <= WIDTH - RIGHT
            assert TOP <= y <= HEIGHT - BOTTOM

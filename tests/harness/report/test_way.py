from __future__ import annotations

from graders.verdict import Moment
from harness.report import way


def _moment(step: int, expected: object, got: object, same: bool) -> Moment:
    return Moment(step, {"w": expected}, {"w": got}, {}, same)


def test_a_row_has_both_carries_and_the_last_one_is_marked() -> None:
    last = Moment(1, {"w": [[1.0], [2.0]]}, {"w": 3.0}, {"w": (-1.0, 0.5)}, False)
    first, second = way.rows((_moment(0, 1.0, 1.0, True), last))
    assert first == way.Row("start", "w", "1", "1", ("", ""), 0, False)
    assert second == way.Row("1", "w", "[[1]\n [2]]", "3", ("-1", "0.5"), 0, True)


def test_of_a_long_way_the_middle_is_left_out_and_counted() -> None:
    rows = way.rows([_moment(n, n, n, True) for n in range(20)])
    assert [row.step for row in rows] == ["start", "1", "14", "15", "16", "17", "18", "19"]
    assert [row.left_out for row in rows] == [0, 0, 12, 0, 0, 0, 0, 0]
    assert not any(row.parted for row in rows)


def test_of_many_names_those_that_differ_in_the_end_are_shown() -> None:
    moment = Moment(1, {"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 0}, {}, False)
    assert way.names(moment) == ["b", "c"]
    assert [row.got for row in way.rows([moment])] == ["0", ""]
    many = {str(n): n for n in range(9)}
    assert len(way.names(Moment(1, many, many, {}, True))) == way.NAMES


def test_a_way_that_parts_nowhere_says_so() -> None:
    assert way.title([_moment(0, 1, 1, True)]).endswith("it is the reference's all the way")
    assert way.title([_moment(0, 1, 2, False)]) == "The carry, step by step"

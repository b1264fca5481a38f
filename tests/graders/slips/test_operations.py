from __future__ import annotations

import pytest

from graders.slips import operations
from tests.graders.slips.written import made


def test_another_operator_is_quoted_where_it_stands() -> None:
    assert made(operations.other_operator, "a + b") == {
        "a - b": "`-` in the place of `+` in `a - b`",
        "a * b": "`*` in the place of `+` in `a * b`",
    }
    assert list(made(operations.other_operator, "a < b")) == ["a <= b", "a > b"]
    assert made(operations.other_operator, "a < b < c") == {}
    assert made(operations.other_operator, "a @ b if a is b else -a") == {}


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("a * b", ["the factor `b` is missing", "the factor `a` is missing"]),
        ("a + b", ["the term `b` is missing", "the term `a` is missing"]),
        ("a - b", ["the subtraction of `b` is missing", "only `b` is left of `a - b`"]),
        ("a / b", ["the division by `b` is missing", "only `b` is left of `a / b`"]),
        ("a ** 2", ["the power `2` is missing", "only `2` is left of `a ** 2`"]),
        ("a % b", ["the operation with `b` is missing", "only `b` is left of `a % b`"]),
        ("-a", []),
    ],
)
def test_a_side_is_left_out(expression: str, words: list[str]) -> None:
    assert list(made(operations.dropped_side, expression).values()) == words


def test_sides_are_turned_round_where_that_matters() -> None:
    assert list(made(operations.turned_round, "a @ b")) == ["b @ a"]
    assert made(operations.turned_round, "a + b") == {}


def test_a_share_is_squared_divided_by_or_the_rest() -> None:
    assert list(made(operations.other_share, "a * 2")) == ["a * a", "1 - a", "2 / a"]
    assert list(made(operations.other_share, "2 * a")) == ["a * a", "1 - a"]
    assert list(made(operations.other_share, "a - 2")) == ["a * a"]
    assert made(operations.other_share, "a @ 2") == {}


def test_amounts_are_doubled_halved_and_negated() -> None:
    assert list(made(operations.other_amount, "a")) == ["a / 2", "2 * a", "-a", "a[::-1]"]
    assert list(made(operations.other_amount, "(a, 1)")) == ["a / 2", "2 * a", "-a"]
    assert list(made(operations.other_amount, "g(a + b)")) == [
        "g(a + b) / 2", "2 * g(a + b)", "-g(a + b)", "g(a + b)[::-1]",
        "a / 2", "2 * a", "b / 2", "2 * b",
    ]  # fmt: skip
    assert made(operations.other_amount, "1") == {}


def test_bounds_are_one_off() -> None:
    assert list(made(operations.off_by_one, "jnp.minimum(a, 1)")) == ["a + 1", "a - 1"]
    assert list(made(operations.off_by_one, "a < 1")) == ["a + 1", "a - 1"]
    assert made(operations.off_by_one, "g(a)") == {}


def test_numbers_have_neighbours() -> None:
    assert list(made(operations.other_number, "a ** 2")) == ["3", "1", "-2", "4", "0"]
    assert made(operations.other_number, "2")["3"] == "`3` in the place of `2`"
    assert made(operations.other_number, "a ** 2")["3"].endswith(", as in `a ** 3`")
    assert {"0.99", "0.45", "1.0"} <= made(operations.other_number, "0.9").keys()
    assert {"1e-07", "0.01"} <= made(operations.other_number, "1e-8").keys()
    assert list(made(operations.other_number, "2.0")) == ["4.0", "1.0", "20.0", "0.2", "0.0"]
    assert made(operations.other_number, "True") == {}


def test_parentheses_stand_elsewhere() -> None:
    assert list(made(operations.regrouped, "g(a) / b")) == ["g(a / b)"]
    assert list(made(operations.regrouped, "g(a / b)")) == ["g(a) / b"]
    assert list(made(operations.regrouped, "(a + b) / c")) == ["a + b / c"]
    assert list(made(operations.regrouped, "a + b / c")) == ["(a + b) / c"]
    assert made(operations.regrouped, "a + b + g(a, b) + g(c)") == {}

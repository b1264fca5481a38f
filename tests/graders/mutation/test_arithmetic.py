"""Operators exchanged, operands dropped, negated, swapped."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from graders.mutation.arithmetic import (
    dropped_operand,
    negated_operand,
    other_operator,
    swapped_operands,
)
from tests.graders.mutation.changes import ONE, labels, normal, only, results, variants
from tests.graders.programs import SCALAR, Builder, number, vector

COMPLEX = np.complex64(1)


def test_an_operator_becomes_each_of_its_kind() -> None:
    program = normal(lambda x, y: x - y, ONE, ONE)
    assert results(variants(other_operator, program, "sub"), [6, 3]) == {
        "sub->add": 9,
        "sub->mul": 18,
        "sub->div": 2,
        "sub->max": 6,
        "sub->min": 3,
    }


def test_a_comparison_becomes_each_other_one() -> None:
    program = normal(lambda x, y: x < y, ONE, ONE)
    assert results(variants(other_operator, program, "lt"), [1, 1]) == {
        "lt->le": True,
        "lt->gt": False,
        "lt->ge": True,
        "lt->eq": True,
        "lt->ne": False,
    }


@pytest.mark.parametrize(
    ("function", "values", "primitive", "found"),
    [
        (lambda x, y: x & y, (True, True), "and", ["and->or", "and->xor"]),
        (lambda x, y: x + y, (COMPLEX, COMPLEX), "add", ["add->sub", "add->mul", "add->div"]),
        (lambda x, y: x == y, (COMPLEX, COMPLEX), "eq", ["eq->ne"]),
        (lambda x: -x, (ONE,), "neg", []),
    ],
)
def test_only_what_there_is_for_a_type(
    function: Any, values: Any, primitive: str, found: list[str]
) -> None:
    program = normal(function, *(np.asarray(value) for value in values))
    assert labels(other_operator, only(program, primitive)) == found


def test_add_any_counts_as_an_addition() -> None:
    builder = Builder(SCALAR, SCALAR)
    builder.one("add_any", SCALAR, *builder.inputs)
    assert "add_any->sub" in labels(other_operator, builder.equations[0])
    assert "add_any->add" not in labels(other_operator, builder.equations[0])


def test_a_product_of_another_type_and_an_equation_without_operands_stay() -> None:
    builder = Builder(vector(2, "int8"))
    builder.one("mul", vector(2, "int32"), builder.inputs[0], builder.inputs[0])
    builder.one("iota", vector(2), dimension=0)
    assert [labels(other_operator, equation) for equation in builder.equations] == [[], []]


def test_an_operand_is_dropped_where_the_other_one_can_stand_alone() -> None:
    program = normal(lambda w, x: w * x, ONE, np.ones(2, np.float32))
    assert results(variants(dropped_operand, program, "mul"), [3, [5, 6]]) == {
        "mul without operand 1": [5, 6],
        "mul without operand 2": [3, 3],
    }
    assert labels(dropped_operand, only(normal(lambda x: x * x, ONE), "mul")) == []
    assert labels(dropped_operand, only(normal(lambda x: -x, ONE), "neg")) == []


def test_an_operand_of_another_type_is_not_kept() -> None:
    builder = Builder(vector(1), SCALAR)
    builder.one("add", vector(3), builder.inputs[0], builder.inputs[1])
    builder.one("pow", SCALAR, builder.inputs[1], number(2, "int32"))
    first, second = builder.equations
    assert labels(dropped_operand, first) == ["add without operand 1"]
    assert labels(dropped_operand, second) == ["pow without operand 2"]


def test_a_variable_is_negated() -> None:
    program = normal(lambda x, y: x - y, ONE, ONE)
    assert results(variants(negated_operand, program, "sub"), [5, 3]) == {
        "sub with operand 1 negated": -8
    }
    program = normal(lambda x: 2 / x, ONE)
    assert results(variants(negated_operand, program, "div"), [4]) == {
        "div with operand 2 negated": -0.5
    }
    assert labels(negated_operand, only(normal(lambda x, y: x**y, ONE, ONE), "pow")) == []


def test_what_has_no_sign_and_no_variable_is_not_negated() -> None:
    small = np.uint8(1)
    assert labels(negated_operand, only(normal(lambda x, y: x - y, small, small), "sub")) == []
    builder = Builder()
    builder.one("add", SCALAR, number(1.0), number(2.0))
    assert labels(negated_operand, builder.equations[0]) == []


def test_operands_that_do_not_commute_are_swapped() -> None:
    program = normal(lambda x, y: x / y, ONE, ONE)
    assert results(variants(swapped_operands, program, "div"), [2, 8]) == {
        "div with operands swapped": 4
    }
    square = np.ones((2, 2), np.float32)
    program = normal(lambda x, y: x @ y, square, square)
    values = [[1, 2], [3, 4]], [[0, 1], [1, 0]]
    assert results(variants(swapped_operands, program, "dot_general"), values) == {
        "dot_general with operands swapped": [[3, 4], [1, 2]]
    }


def test_operands_that_commute_are_equal_or_do_not_fit_stay() -> None:
    wide = np.ones((2, 3), np.float32)
    assert labels(swapped_operands, only(normal(lambda x, y: x + y, ONE, ONE), "add")) == []
    assert labels(swapped_operands, only(normal(lambda x: x - x, ONE), "sub")) == []
    product = normal(lambda x, y: x @ y.T @ x, wide, wide)
    dots = [e for e in product.walk() if e.primitive == "dot_general"]
    assert labels(swapped_operands, dots[1]) == []
    builder = Builder(SCALAR)
    builder.one("pow", SCALAR, builder.inputs[0], number(2, "int32"))
    assert labels(swapped_operands, builder.equations[0]) == []

"""Operations that hardly any program has, or only those of some JAX versions."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from graders.jaxpr.arithmetic import EXACT, NATIVE
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import ArrayType, Program
from graders.jaxpr.normalize import normalize
from tests.graders.programs import SCALAR, TRUTH, applied, traced, vector

X = np.array([-2.0, 0.5, 3.0], np.float32)


def result(program: Program, *values: Any) -> Any:
    (found,) = Evaluator(NATIVE).prepare(program)(values)
    return found


def test_one_minus_square_and_polynomials() -> None:
    square = applied("one_minus_square", [vector(3)], vector(3))
    assert result(square, X).tolist() == (1 - X * X).tolist()
    line = applied("polynomial", [vector(3), SCALAR, SCALAR], vector(3))
    assert result(line, X, np.float32(2), np.float32(3)).tolist() == (2 + 3 * X).tolist()


def test_a_product_may_be_of_a_wider_type() -> None:
    wider = applied("mul", [vector(2, "int8")] * 2, vector(2, "int32"))
    hundred = np.array([100, -100], np.int8)
    found = result(wider, hundred, hundred)
    assert (found.dtype, found.tolist()) == (np.int32, [10_000, 10_000])


def test_a_complex_number_as_a_real_one_is_its_real_part() -> None:
    real = applied("convert_element_type", [vector(2, "complex64")], vector(2), new_dtype="float32")
    assert result(real, np.array([1 + 2j, 3j], np.complex64)).tolist() == [1, 0]


def test_the_next_number_of_the_shortest_type() -> None:
    start = np.array([0.0, 0.0, 1.0, 1.0, -1.0, 2.0, np.nan], np.float32)
    goal = np.array([1.0, -1.0, 2.0, 0.0, 0.0, 2.0, 1.0], np.float32)
    short = vector(len(start), "bfloat16")
    found = result(applied("nextafter", [short, short], short), start, goal)
    expected = lax.nextafter(start.astype(jnp.bfloat16), goal.astype(jnp.bfloat16))
    np.testing.assert_array_equal(found, np.asarray(expected, np.float32))


def look_up(x: Any, i: Any) -> Any:
    return jnp.asarray(x).at[i].get(mode="fill")


def unsaid(program: Program) -> Program:
    """The program without the number that JAX says to fill with."""
    equations = tuple(
        replace(each, params={**each.params, "fill_value": None})
        if each.primitive == "gather"
        else each
        for each in program.equations
    )
    return replace(program, equations=equations)


@pytest.mark.parametrize("dtype", ["int32", "uint8", "bool", "float32"])
def test_what_lies_outside_is_filled_with_a_number_of_its_own(dtype: str) -> None:
    values, places = np.array([1, 0, 1]).astype(dtype), np.array([0, 7, 2])
    program = unsaid(normalize(traced(look_up, values, places)))
    np.testing.assert_array_equal(
        result(program, values, places), np.asarray(look_up(values, places))
    )


def test_what_lies_inside_needs_no_number_to_fill_with() -> None:
    program = unsaid(normalize(traced(look_up, X, np.array([0, 2]))))
    (found,) = Evaluator(EXACT).prepare(program)([X, np.array([0, 2])])
    assert [float(value) for value in found] == [-2.0, 3.0]


@pytest.mark.parametrize(("primitive", "empty"), [("reduce_max", False), ("reduce_min", True)])
def test_the_extreme_of_no_truth_values(primitive: str, empty: bool) -> None:
    program = applied(primitive, [ArrayType("bool", (0,))], TRUTH, axes=(0,))
    for arithmetic in (NATIVE, EXACT):
        (found,) = Evaluator(arithmetic).prepare(program)([np.zeros(0, bool)])
        assert bool(found) is empty

"""Numbers near the right ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from jax import lax

from graders.jaxpr.model import ArrayType
from graders.mutation.numbers import (
    other_constant,
    other_exponent,
    other_literal,
    other_result,
    others,
)
from tests.graders.mutation.changes import ONE, gives, labels, normal, only, results, variants
from tests.graders.programs import SCALAR, Builder, number, traced, vector


def near(value: Any, dtype: str) -> dict[str, Any]:
    stored = "float32" if dtype == "bfloat16" else "uint64" if dtype == "key<fry>" else dtype
    array = np.asarray(value, stored)
    found = dict(others(array, ArrayType(dtype, array.shape)))
    assert all(other.dtype == array.dtype for other in found.values())
    return {label: other.tolist() for label, other in found.items()}


@pytest.mark.parametrize(
    ("value", "dtype", "found"),
    [
        (3.0, "float32", {"c+1": 4, "c/2": 1.5, "2c": 6, "0": 0, "-c": -3}),
        (1.0, "float32", {"c+1": 2, "c/2": 0.5, "0": 0, "-c": -1}),
        (0.0, "float32", {"c+1": 1}),
        (
            3e38,
            "float32",
            {"c/2": float(np.float32(1.5e38)), "0": 0, "-c": -float(np.float32(3e38))},
        ),
        (float("nan"), "float32", {}),
        (256.0, "bfloat16", {"c/2": 128, "2c": 512, "0": 0, "-c": -256}),
        (3, "int32", {"c+1": 4, "c-1": 2}),
        (0, "uint8", {"c+1": 1}),
        (255, "uint8", {"c-1": 254}),
        (True, "bool", {"not c": False}),
        (2j, "complex64", {"c+1": 1 + 2j, "c/2": 1j, "2c": 4j, "0": 0, "-c": -2j}),
        ([1, 2], "int32", {"c+1": [2, 3], "c-1": [0, 1]}),
        (7, "key<fry>", {}),
    ],
)
def test_numbers_near_another(value: Any, dtype: str, found: dict[str, Any]) -> None:
    assert near(value, dtype) == found


def test_a_literal_is_changed() -> None:
    program = normal(lambda x: x * 4, ONE)
    made = variants(other_literal, program, "mul")
    (position,) = {label[-1] for label in made}
    found = results(made, [3])
    assert found[f"c->c+1 in operand {position}"] == 15
    assert sorted(found.values()) == [-12, 0, 6, 15, 24]
    (first, *_) = other_literal(only(program, "mul"))
    assert first.detail == "5.0 in the place of 4.0"


def test_a_literal_array_is_changed() -> None:
    builder = Builder(vector(2, "int32"))
    many = number(0, "int32")
    table = type(many)(ArrayType("int32", (2,)), np.array([1, 2], np.int32))
    program = builder.gives(builder.one("add", vector(2, "int32"), builder.inputs[0], table))
    (first, *_) = other_literal(only(program, "add"))
    assert first.detail == "an array of 2 numbers in the place of an array of 2 numbers"


def test_a_result_that_is_a_literal_is_changed() -> None:
    builder = Builder(SCALAR)
    program = builder.gives(builder.inputs[0], number(4, "int32"))
    made = {label: other for label, _, other in other_result(program)}
    assert list(made) == ["c->c+1 in result 2", "c->c-1 in result 2"]
    assert made["c->c+1 in result 2"].outputs[0] is builder.inputs[0]


def test_a_constant_is_changed() -> None:
    table = np.array([1, 2], np.float32)
    program = traced(lambda x: x + table, table)
    made = {label: other for label, _, other in other_constant(program)}
    assert gives(made["c->2c in constant 1"], [1, 1]) == [3, 5]
    assert len(made) == 5
    (_, words, _), *_ = other_constant(program)
    assert words == "c+1 in the place of constant 1"


def test_an_exponent_is_changed() -> None:
    program = normal(lambda x: x**3, ONE)
    assert results(variants(other_exponent, program, "integer_pow"), [2]) == {
        "power y->y+1": 16,
        "power y->y-1": 4,
        "power y->-y": 0.125,
    }
    whole = normal(lambda x: x**3, np.int32(1))
    assert labels(other_exponent, only(whole, "integer_pow")) == ["power y->y+1", "power y->y-1"]


def test_a_square_becomes_a_cube() -> None:
    builder = Builder(SCALAR)
    program = builder.gives(builder.one("square", SCALAR, *builder.inputs))
    assert results(variants(other_exponent, program, "square"), [2]) == {"square->power y+1": 8}
    assert labels(other_exponent, only(normal(lambda x: -x, ONE), "neg")) == []


def test_the_power_nothing_stays_out_where_it_changes_nothing() -> None:
    builder = Builder(SCALAR)
    builder.one("integer_pow", SCALAR, *builder.inputs, y=0)
    assert labels(other_exponent, builder.equations[0]) == ["power y->y+1", "power y->y-1"]


def test_a_number_from_which_a_carry_starts_is_told_as_such() -> None:
    def total(x: Any) -> Any:
        return lax.scan(lambda t, row: (t + 3.0 * row, None), 0.0, x)[0]

    program = normal(total, np.zeros(3, np.float32))
    said = [c.detail for e in program.equations for c in other_literal(e) if e.primitive == "scan"]
    assert said == ["1.0 in the place of 0.0 at the start of the carry"]

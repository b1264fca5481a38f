"""One equation, one short text."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from graders.jaxpr.model import ArrayType, Literal, Opaque
from graders.jaxpr.names import name
from graders.jaxpr.wording import equation_text, type_text, value_text
from tests.graders.programs import SCALAR, WHOLE, Builder, number, traced, vector

TRUTH = ArrayType("bool")


@pytest.mark.parametrize(
    ("dtype", "short"),
    [
        ("float32", "f32"),
        ("bfloat16", "bf16"),
        ("int8", "i8"),
        ("uint32", "u32"),
        ("complex64", "c64"),
        ("bool", "bool"),
        ("key<fry>", "key<fry>"),
        ("float8_e4m3fn", "float8_e4m3fn"),
    ],
)
def test_types_are_short(dtype: str, short: str) -> None:
    assert type_text(ArrayType(dtype, (4, 3))) == f"{short}[4,3]"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (np.float32(0.1), "0.1"),
        (np.int32(-3), "-3"),
        (np.bool_(True), "True"),
        (np.float32("nan"), "nan"),
        (np.zeros(0, np.float32), "[]"),
        (np.arange(4), "[0, 1, 2, 3]"),
        (np.arange(6).reshape(2, 3), "[0, 1, 2, 3, ...]"),
    ],
)
def test_literals_are_numbers(value: Any, shown: str) -> None:
    array = np.asarray(value)
    assert value_text(Literal(ArrayType(str(array.dtype), array.shape), array)) == shown


def worded(primitive: str, *types: ArrayType, result: ArrayType = SCALAR, **params: Any) -> str:
    builder = Builder(*types)
    program = builder.gives(builder.one(primitive, result, *builder.inputs, **params))
    return equation_text(program.equations[0], name(program, "xyz"))


@pytest.mark.parametrize(
    ("primitive", "types", "result", "shown"),
    [
        ("sub", [SCALAR, SCALAR], SCALAR, "a = x - y"),
        ("lt", [SCALAR, SCALAR], TRUTH, "a:bool[] = x < y"),
        ("neg", [SCALAR], SCALAR, "a = -x"),
        ("copy", [SCALAR], SCALAR, "a = x"),
        ("max", [SCALAR, SCALAR], SCALAR, "a = max(x, y)"),
        ("select_n", [TRUTH, SCALAR, SCALAR], SCALAR, "a = z if x else y"),
        ("select_n", [WHOLE, SCALAR, SCALAR], SCALAR, "a = select_n(x, y, z)"),
        ("convert_element_type", [WHOLE], SCALAR, "a:f32[] = f32(x)"),
        ("add", [SCALAR], SCALAR, "a = add(x)"),
    ],
)
def test_plain_arithmetic_is_infix(
    primitive: str, types: list[ArrayType], result: ArrayType, shown: str
) -> None:
    assert worded(primitive, *types, result=result) == shown


def test_powers_and_parameters() -> None:
    assert worded("integer_pow", SCALAR, y=3) == "a = x ** 3"
    assert worded("reduce_sum", vector(3), axes=(0,), out_sharding=None) == (
        "a:f32[] = reduce_sum(x, axes=(0,))"
    )
    shown = worded("odd", SCALAR, a=False, b=(), c=Opaque("f"), d=(Opaque("g"),), e=1.5, f="text")
    assert shown == "a = odd(x, e=1.5, f=text)"
    numbers = {"empty": (), "start": (0, 1), "deep": {"of": (Opaque("o"), None)}}
    assert worded("gather", SCALAR, dimension_numbers=numbers) == (
        "a = gather(x, dimension_numbers={start: (0, 1), deep: {of: (o, None)}})"
    )


def test_a_program_deep_in_a_parameter_is_only_mentioned() -> None:
    inner = traced(lambda x: x, np.float32(1))
    assert worded("odd", SCALAR, a=(1, inner)) == "a = odd(x, a=(1, program))"


def test_long_parameters_and_many_operands_are_cut() -> None:
    assert len(worded("odd", SCALAR, a=tuple(range(10_000)))) < 200
    builder = Builder(SCALAR)
    results = builder.many("odd", [SCALAR] * 1000, *[builder.inputs[0]] * 1000)
    program = builder.gives(*results)
    shown = equation_text(program.equations[0], name(program))
    assert len(shown) < 700
    assert shown.count("...") == 2


def test_an_equation_without_results() -> None:
    builder = Builder()
    builder.many("debug", [], number(1.0))
    (equation,) = builder.equations
    assert equation_text(equation, {}) == "() = debug(1.0)"

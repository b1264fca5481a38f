"""A program reads line by line, whatever it is."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jax import lax

from graders.jaxpr.decode import decode
from graders.jaxpr.encode import encode
from graders.jaxpr.model import Program
from graders.jaxpr.names import name
from graders.jaxpr.normalize import normalize
from graders.jaxpr.show import Line, join, show
from graders.jaxpr.wireform import Malformed
from tests.graders.exercise import reference
from tests.graders.jaxpr.strategies import ARGUMENTS, programs, written
from tests.graders.jaxpr.test_decode import mutate, packed, wire
from tests.graders.programs import SCALAR, Builder, called, number, traced, vector

ONE = np.float32(1)
ROWS = np.zeros((3, 2), np.float32)


def text(function: Any, *values: Any, names: tuple[str, ...] = ()) -> str:
    return join(show(normalize(traced(function, *values)), names))


def test_a_training_loop() -> None:
    program = normalize(traced(reference, ONE, ONE, ROWS, ROWS))
    shown = show(program, ("w", "lr", "xs", "ys"))
    assert join(shown).splitlines() == [
        "inputs w:f32[], lr:f32[], xs:f32[3,2], ys:f32[3,2]",
        "a = scan(length=3)",
        "  consts lr",
        "  carry b:f32[] from w",
        "  xs c:f32[2] in xs, d:f32[2] in ys",
        "  e = b * c",
        "  f = e - d",
        "  g = 2.0 * f",
        "  h = g * c",
        "  i:f32[] = reduce_sum(h, axes=(0,))",
        "  j = lr * i",
        "  k = b - j",
        "  gives carry k",
        "returns a",
    ]
    assert [line.equation for line in shown if line.equation] == list(program.walk())
    assert shown[1] == Line(0, "a = scan(length=3)", program.equations[0])


def test_what_a_scan_puts_out_and_its_direction() -> None:
    def function(w: Any, x: Any) -> Any:
        return lax.scan(lambda w, row: (w + row, w), w, x, reverse=True)

    assert text(function, ONE, ROWS[:, 0]).splitlines() == [
        "inputs a:f32[], b:f32[3]",
        "c, d = scan(length=3, reverse=True)",
        "  carry e:f32[] from a",
        "  xs f:f32[] in b",
        "  g = e + f",
        "  gives carry g",
        "  gives ys e",
        "returns c, d",
    ]


def test_a_while_loop() -> None:
    def function(w: Any, high: Any, step: Any) -> Any:
        return lax.while_loop(lambda w: w < high, lambda w: w * step, w)

    assert text(function, ONE, ONE, ONE, names=("w", "high", "step")).splitlines() == [
        "inputs w:f32[], high:f32[], step:f32[]",
        "a = while()",
        "  condition",
        "    consts high",
        "    carry b:f32[] from w",
        "    c:bool[] = b < high",
        "    gives c",
        "  body",
        "    consts step",
        "    carry d:f32[] from w",
        "    e = d * step",
        "    gives carry e",
        "returns a",
    ]


def test_branches() -> None:
    def function(w: Any, x: Any) -> Any:
        return lax.cond(w > 0, lambda x: -x, lambda x: x, x)

    shown = text(function, ONE, ROWS[0], names=("w", "x")).splitlines()
    assert shown[3:] == [
        "c = cond(b)",
        "  branch 0",
        "    consts x",
        "    gives x",
        "  branch 1",
        "    consts x",
        "    d = -x",
        "    gives d",
        "returns c",
    ]


def test_a_call_and_constants() -> None:
    builder = Builder(vector(2))
    table = builder.constant([1, 2])
    program = called(builder.gives(builder.one("mul", vector(2), *builder.inputs, table)))
    assert join(show(program, ("x",))).splitlines() == [
        "inputs x:f32[2]",
        "a = call(jit)",
        "  consts x",
        "  constant b:f32[2] = [1.0, 2.0]",
        "  c = x * b",
        "  gives c",
        "returns a",
    ]


def test_a_nested_program_given_under_another_name_says_so() -> None:
    body = traced(lambda x: -x, ONE)
    builder = Builder(SCALAR, SCALAR)
    first, second = (
        builder.one("call", SCALAR, given, jaxpr=body, kind="jit") for given in builder.inputs
    )
    shown = join(show(builder.gives(first, second), ("x", "y")))
    assert "\n  consts x\n" in shown
    assert "\n  consts x:f32[] = y\n" in shown


def test_a_program_in_a_primitive_of_unknown_use() -> None:
    builder = Builder(SCALAR)
    inner = traced(lambda x: x + 1, ONE)
    result = builder.one("foreign:mine", SCALAR, *builder.inputs, step=inner, size=2)
    assert join(show(builder.gives(result))).splitlines() == [
        "inputs a:f32[]",
        "b = foreign:mine(a, size=2)",
        "  with",
        "    inputs c:f32[]",
        "    d = c + 1.0",
        "    gives d",
        "returns b",
    ]


def test_a_program_without_inputs_or_results_is_nothing() -> None:
    assert show(Program((), (), (), ())) == ()


def test_what_is_shared_many_times_over_is_cut() -> None:
    program = traced(lambda x: x + 1, ONE)
    for _ in range(40):
        builder = Builder(SCALAR)
        first = builder.one("call", SCALAR, *builder.inputs, jaxpr=program, kind="jit")
        second = builder.one("call", SCALAR, first, jaxpr=program, kind="jit")
        program = builder.gives(second)
    shown = show(program)
    assert len(shown) == 10_001
    assert shown[-1] == Line(0, "...")
    assert show(program, most=3) == (*shown[:3], Line(0, "..."))


def test_names_can_be_given_for_all_variables() -> None:
    program = traced(lambda x: x + 1, ONE)
    names = {variable: word.upper() for variable, word in name(program, ["x"]).items()}
    assert join(show(program, names=names)) == "inputs X:f32[]\nA = X + 1.0\nreturns A"


@given(programs() | written())
@settings(max_examples=60, deadline=None)
def test_every_program_has_one_line_for_each_equation(program: Program) -> None:
    shown = show(program)
    assert show(program) == shown
    assert {line.equation for line in shown if line.equation} == set(program.walk())
    assert all(line.text.isprintable() and line.text for line in shown)
    assert join(shown).count("\n") == len(shown) - 1
    assert join(show(decode(encode(program)))) == join(shown)


def _sample(a: Any, b: Any, c: Any) -> Any:
    def step(w: Any, row: Any) -> Any:
        return lax.cond(w > 0, lambda: w * row, lambda: w - row), w

    d = jnp.where(a > 0, a, b).astype(int).reshape(-1, 1)
    whole = lax.while_loop(lambda w: w < 3, lambda w: w**2 + 1, c)
    return jax.jit(lambda x: lax.scan(step, c, x))(a * np.float32(2) + b), d @ d.T, whole


SAMPLE = encode(traced(_sample, *ARGUMENTS))


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_whatever_the_decoder_lets_through_can_be_shown(data: st.DataObject) -> None:
    end = 4 + int.from_bytes(SAMPLE[:4], "big")
    document = json.loads(SAMPLE[4:end])
    for _ in range(data.draw(st.integers(1, 3))):
        mutate(data, document)
    try:
        program = decode(packed(document, SAMPLE[end:]))
    except Malformed:
        return
    assert all(line.text.isprintable() for line in show(program))


PARAMS: list[dict[str, Any]] = [{}, {"y": {"m": {"a": [1, {"x": "?"}]}}}, {"kind": [[], None]}]


@pytest.mark.parametrize(
    "primitive",
    ["add", "neg", "integer_pow", "select_n", "convert_element_type", "dot_general", "pad", ""],
)
def test_equations_of_any_arity_can_be_shown(primitive: str) -> None:
    for inputs, outputs, params in product([0, 1, 2, 3, 100], [0, 1, 2, 100], PARAMS):
        data = wire([primitive, [0] * inputs, [0] * outputs, params, None])
        assert len(show(decode(data))) == 3


def test_a_name_cannot_break_a_line() -> None:
    builder = Builder(SCALAR)
    program = builder.gives(builder.one("foreign:\x1b[31m\nreturns", SCALAR, number(1.0)))
    assert show(program)[1].text == "b = foreign:?[31m?returns(1.0)"

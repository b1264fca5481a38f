"""What is written in two ways has one form; what is not the same has two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from jax import lax

from graders.jaxpr.model import ArrayType, Opaque, Program
from graders.jaxpr.normalize import normalize
from graders.mutation.canonical import same_form
from graders.mutation.mutant import mutants
from tests.graders.jaxpr.strategies import arguments, programs, written
from tests.graders.mutation.changes import ONE, normal, run
from tests.graders.programs import SCALAR, WHOLE, Builder, applied, number, vector

LINE = np.ones(3, np.float32)
Function = Callable[..., Any]
SAME: dict[str, tuple[Function, Function]] = {
    "sum": (lambda x, y, z: x + y, lambda x, y, z: y + x),
    "largest": (lambda x, y, z: jnp.maximum(x, y), lambda x, y, z: jnp.maximum(y, x)),
    "times one": (lambda x, y, z: x, lambda x, y, z: x * 1),
    "one times": (lambda x, y, z: y, lambda x, y, z: 1 * y),
    "times ones": (lambda x, y, z: x, lambda x, y, z: jnp.ones(3) * x),
    "by one": (lambda x, y, z: x, lambda x, y, z: x / 1),
    "plus nothing": (lambda x, y, z: x - 0, lambda x, y, z: x + 0),
    "nothing plus": (lambda x, y, z: x, lambda x, y, z: 0 + x),
    "minus minus": (lambda x, y, z: x, lambda x, y, z: jnp.negative(-x)),
    "difference": (lambda x, y, z: x - y, lambda x, y, z: x + -y),
    "opposite difference": (lambda x, y, z: x - y, lambda x, y, z: -(y - x)),
    "product of opposites": (lambda x, y, z: x * y, lambda x, y, z: -x * -y),
    "opposite of a product": (lambda x, y, z: -(x * y), lambda x, y, z: y * -x),
    "opposite quotient": (lambda x, y, z: -(x / y), lambda x, y, z: x / -y),
    "comparison": (lambda x, y, z: x < y, lambda x, y, z: y > x),
    "largest of one": (lambda x, y, z: x, lambda x, y, z: jnp.maximum(x, x)),
    "first power": (lambda x, y, z: z, lambda x, y, z: lax.integer_pow(z, 1)),
    "no choice": (lambda x, y, z: x, lambda x, y, z: lax.select(y > 0, x, x)),
    "no transposition": (lambda x, y, z: x, lambda x, y, z: lax.transpose(x, (0,))),
    "unused": (lambda x, y, z: x, lambda x, y, z: (jnp.sin(x), x)[1]),
    "constants": (lambda x, y, z: x * LINE, lambda x, y, z: x * LINE.copy()),
    "inside a scan": (
        lambda x, y, z: lax.scan(lambda w, r: (w + r, w * r), z, x),
        lambda x, y, z: lax.scan(lambda w, r: (r + w, r * w * 1), z, x),
    ),
    "inside a branch": (
        lambda x, y, z: lax.cond(z > 0, lambda x: x + y, jnp.sin, x),
        lambda x, y, z: lax.cond(z > 0, lambda x: y + x, jnp.sin, x),
    ),
}
OTHER: dict[str, tuple[Function, Function]] = {
    "difference": (lambda x, y, z: x - y, lambda x, y, z: y - x),
    "comparison": (lambda x, y, z: x < y, lambda x, y, z: x <= y),
    "function": (lambda x, y, z: jnp.sin(x), lambda x, y, z: jnp.cos(x)),
    "input": (lambda x, y, z: x, lambda x, y, z: y),
    "literal": (lambda x, y, z: x * 2, lambda x, y, z: x * 3),
    "shape": (lambda x, y, z: z, lambda x, y, z: jnp.broadcast_to(z, (3,))),
    "times a scalar": (lambda x, y, z: z, lambda x, y, z: z * jnp.ones(3)),
    "parameter": (lambda x, y, z: x[:2], lambda x, y, z: x[1:]),
    "choice": (lambda x, y, z: x, lambda x, y, z: lax.select(y > 0, x, y)),
    "direction": (
        lambda x, y, z: lax.scan(lambda w, r: (w - r, w), z, x),
        lambda x, y, z: lax.scan(lambda w, r: (w - r, w), z, x, reverse=True),
    ),
    "output": (
        lambda x, y, z: lax.scan(lambda w, r: (w - r, w), z, x)[1],
        lambda x, y, z: lax.scan(lambda w, r: (w - r, r + w), z, x)[1],
    ),
}


def forms(pair: tuple[Function, Function]) -> tuple[Program, Program]:
    left, right = (normal(function, LINE, LINE, ONE) for function in pair)
    return left, right


@pytest.mark.parametrize("name", SAME)
def test_the_same_has_one_form(name: str) -> None:
    assert same_form(*forms(SAME[name]))


@pytest.mark.parametrize("name", OTHER)
def test_what_is_not_the_same_has_two(name: str) -> None:
    assert not same_form(*forms(OTHER[name]))


def written_as(primitive: str, *more: Any, **params: Any) -> Program:
    builder = Builder(SCALAR, SCALAR)
    return builder.gives(builder.one(primitive, SCALAR, *builder.inputs, *more, **params))


def test_what_jax_writes_in_several_ways_is_one() -> None:
    assert same_form(written_as("add_any"), written_as("add"))
    plain = Builder(SCALAR).gives()
    for name in ("copy", "stop_gradient", "convert_element_type"):
        builder = Builder(SCALAR)
        copied = builder.gives(builder.one(name, SCALAR, *builder.inputs))
        assert same_form(copied, Program(plain.inputs, (), (), plain.inputs))


def test_a_reshape_in_another_order_is_no_copy() -> None:
    square = ArrayType("float32", (2, 2))
    moved = applied("reshape", [square], square, new_sizes=(2, 2), dimensions=(1, 0))
    kept = applied("reshape", [square], square, new_sizes=(2, 2), dimensions=None)
    assert not same_form(moved, kept)
    assert same_form(kept, applied("copy", [square], square))


@pytest.mark.parametrize("dtype", ["uint32", "int32"])
def test_quotients_of_whole_numbers_keep_their_signs_inside(dtype: str) -> None:
    whole = np.ones((), dtype)
    left = normal(lambda x, y: lax.div(-x, y), whole, whole)
    right = normal(lambda x, y: -lax.div(x, y), whole, whole)
    assert not same_form(left, right)


def test_parameters_of_any_kind_are_compared() -> None:
    def odd(value: Any) -> Program:
        return written_as("odd", size=value)

    kinds = [{"a": (1, Opaque("f"))}, {"a": (1, Opaque("g"))}, {"b": (1,)}, True, 1, 1.0, "1", None]
    for first, left in enumerate(kinds):
        for second, right in enumerate(kinds):
            assert same_form(odd(left), odd(right)) == (first == second)


def test_inputs_of_other_types_are_not_the_same() -> None:
    left, right = Builder(SCALAR, WHOLE), Builder(SCALAR, vector(2))
    assert not same_form(left.gives(left.inputs[0]), right.gives(right.inputs[0]))


def test_literals_count_by_type_and_value() -> None:
    def result(value: float, dtype: str) -> Program:
        return Builder().gives(number(value, dtype))

    assert same_form(result(1, "float32"), result(1, "float32"))
    assert not same_form(result(1, "float32"), result(1, "int32"))
    assert not same_form(result(1, "bool"), result(0, "bool"))


@given(programs() | written(), arguments())
@settings(max_examples=30, deadline=None)
def test_mutants_of_the_same_form_give_the_same(program: Program, values: Any) -> None:
    original = normalize(program)
    assert same_form(original, normalize(program))
    for mutant in mutants(original, 30):
        if same_form(original, mutant.program):
            pairs = zip(run(original, *values), run(mutant.program, *values), strict=True)
            for mine, theirs in pairs:
                np.testing.assert_allclose(mine, theirs, rtol=1e-9, atol=1e-9)

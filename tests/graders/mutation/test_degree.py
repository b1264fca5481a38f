"""Degrees are upper bounds, and unknown where there are none."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from graders.jaxpr.arithmetic import EXACT
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Program
from graders.mutation.degree import FIXED, Degree, degrees
from tests.graders.exercise import reference
from tests.graders.mutation.changes import ONE, normal
from tests.graders.programs import SCALAR, Builder, scan_params, vector

LINE = np.ones(3, np.float32)
SQUARE = np.ones((3, 3), np.float32)
INDEX = np.array([0, 2])


def every_other_squared(number: Any, row: Any) -> Any:
    return number + 1, lax.cond(number % 2 > 0, lambda: row, lambda: row * row)


KNOWN: list[tuple[Any, int, int]] = [
    (lambda x: x[0] * x[1] + x[2], 2, 0),
    (lambda x: x[0] - x[1] / x[2], 2, 1),
    (lambda x: 1 / x[0] + 1 / x[1], 1, 2),
    (lambda x: (x / x[0]) / (x[1] / x), 2, 2),
    (lambda x: x**3, 3, 0),
    (lambda x: x**-2, 0, 2),
    (lambda x: lax.square(1 / x), 0, 2),
    (lambda x: -jnp.sum(x * x), 2, 0),
    (lambda x: jnp.sum(1 / x), 2, 3),
    (lambda x: jnp.prod(1 / x), 0, 3),
    (lambda x: jnp.cumsum(1 / x), 2, 3),
    (lambda x: jnp.cumprod(x), 3, 0),
    (lambda x: x @ (x / x[0]), 4, 3),
    (lambda x: jnp.concatenate([x, x * x, 1 / x])[INDEX], 2, 1),
    (lambda x: lax.dynamic_slice(x * x, (jnp.int32(1),), (1,)), 2, 0),
    (lambda x: lax.dynamic_update_slice(x, (1 / x)[:1], (jnp.int32(1),)), 1, 1),
    (lambda x: x.at[INDEX].set(x[0] * x[1]), 2, 0),
    (lambda x: jnp.where(jnp.arange(3) > 1, x, x * x), 2, 0),
    (lambda x: jnp.where(jnp.isfinite(x), x, x * x), 2, 0),
    (lambda x: lax.scan(lambda w, r: (w * r, w), 1.0, x)[0], 3, 0),
    (lambda x: lax.scan(lambda w, r: (w * r, w), 1.0, x)[1], 2, 0),
    (lambda x: lax.scan(lambda i, r: (i + 1, r), 0, x)[1], 1, 0),
    (lambda x: lax.scan(every_other_squared, 0, x)[1], 2, 0),
]


@pytest.mark.parametrize(("function", "above", "below"), KNOWN)
def test_degrees(function: Any, above: int, below: int) -> None:
    found = degrees(normal(function, LINE))
    assert found == [Degree(above, below)]


@pytest.mark.parametrize(
    "function",
    [
        jnp.sin,
        jnp.abs,
        lambda x: jnp.where(x > 0, x, -x),
        lambda x: x[x[0].astype(int)],
        lambda x: x.astype(int),
        lambda x: lax.cond(x[0] > 0, lambda: x, lambda: -x),
        lambda x: lax.while_loop(lambda w: w[0] < 3, lambda w: w * 2, x),
        lambda x: lax.scan(lambda w, r: (jnp.sin(w) + r, None), 0.0, x)[0],
        lambda x: lax.scan(lambda w, r: (w + r, jnp.sin(w)), 0.0, x)[1],
        lambda x: x.at[x[0].astype(int)].set(1),
    ],
)
def test_what_is_no_rational_function_has_no_degree(function: Any) -> None:
    assert degrees(normal(function, LINE)) is None


def test_what_does_not_depend_on_the_arguments_is_fixed() -> None:
    def function(x: Any) -> Any:
        return jnp.sin(jnp.arange(3.0)), x

    assert degrees(normal(function, LINE)) == [FIXED, Degree(1)]
    assert degrees(normal(lambda x: x * jnp.exp(jnp.float32(2)), LINE)) == [Degree(1)]
    table = normal(lambda x: x * LINE, LINE)
    assert degrees(table) == [Degree(1)]


def test_whole_numbers_are_no_arguments_of_a_polynomial() -> None:
    whole = np.int32(1)
    assert degrees(normal(lambda i: i + 1, whole)) is None
    assert degrees(normal(lambda i, x: x * 2, whole, ONE)) == [Degree(1)]


def test_a_training_loop_gains_three_a_step() -> None:
    rows = np.ones((4, 2), np.float32)
    assert degrees(normal(reference, ONE, ONE, rows, rows)) == [Degree(13)]


def test_degrees_that_are_too_high_or_take_too_long_are_none() -> None:
    def squares(x: Any) -> Any:
        return lax.scan(lambda w, _: (w * w, None), x, None, 30)[0]

    assert degrees(normal(squares, ONE)) is None
    assert degrees(_product(3)) == [Degree(4)]
    assert degrees(_product(1_000_000)) is None


def _product(length: int) -> Program:
    """A product as a scan, in which every step raises the degree."""
    body = Builder(SCALAR, SCALAR)
    inner = body.gives(body.one("mul", SCALAR, *body.inputs))
    builder = Builder(SCALAR, vector(length))
    params = scan_params(inner, 0, 1, length)
    return builder.gives(*builder.many("scan", [SCALAR], *builder.inputs, **params))


@pytest.mark.parametrize("function", [function for function, _, below in KNOWN if not below])
def test_no_polynomial_is_of_a_higher_degree(function: Any) -> None:
    """Along a line, the differences of order d + 1 of a polynomial of degree d are zero."""
    program = normal(function, LINE)
    (found,) = degrees(program) or []
    exactly = Evaluator(EXACT).prepare(program)
    along = [exactly([np.array([1, 2, 3]) * t + [1, 0, 2]])[0] for t in range(found.above + 2)]
    assert np.all(np.diff(along, found.above + 1, axis=0) == 0)

"""What rules refuse, what they cost, and that they are quiet."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from graders.jaxpr.arithmetic import EXACT, FLOAT64, NATIVE, NotExact
from graders.jaxpr.interpret import Broken, Budget, BudgetExceeded, Evaluator, TooLarge, Unsupported
from graders.jaxpr.model import ArrayType, Equation, Program, Variable
from tests.graders.jaxpr.rules.differential import trace
from tests.graders.programs import applied

MATRIX = np.full((64, 64), 0.5, np.float32)
INDEX = np.array([5], np.int32)
HUGE = np.array([2**31 - 1, -(2**31), 0], np.int32)


def evaluate(primitive: str, types: list[ArrayType], result: ArrayType, **params: Any) -> Any:
    values = [np.ones(type.shape, np.float32) for type in types if type.size < 1 << 20]
    return Evaluator(NATIVE).prepare(applied(primitive, types, result, **params))(values)


def exactly(function: Callable[..., Any], *values: Any) -> Any:
    return Evaluator(EXACT).prepare(trace(function, values))(values)


@pytest.mark.parametrize(
    ("function", "values"),
    [
        (lambda x: 1 / x, (np.float32(0),)),
        (lambda x: x % 0, (np.float32(2),)),
        (lambda x: lax.integer_pow(x, 65), (np.float32(2),)),
        (lambda x: x**0.5, (np.float32(4),)),
        (lambda x: lax.pow(x, np.float32(1000)), (np.float32(2),)),
        (lambda x: lax.pow(x, np.float32(-1)), (np.float32(0),)),
        (lambda x: x + jnp.inf, (np.float32(1),)),
        (lambda x, i: x.at[i].get(mode="fill"), (MATRIX[:3], INDEX)),
        (lambda x: jnp.max(x, initial=-jnp.inf), (MATRIX,)),
        (lambda x: lax.bitcast_convert_type(x / 3, jnp.int32), (np.float32(1),)),
        (lambda x: x.astype(jnp.complex64).real, (np.float32(1),)),
        (lambda x: x.astype(jnp.bfloat16), (np.float32(1),)),
        (jnp.exp, (np.float32(0),)),
    ],
)
def test_exact_arithmetic_refuses(function: Callable[..., Any], values: tuple[Any, ...]) -> None:
    with pytest.raises(NotExact):
        exactly(function, *values)


def test_exact_powers() -> None:
    (result,) = exactly(
        lambda x: lax.pow(x, np.float32(-3)) + lax.integer_pow(x, -2), np.float32(2)
    )
    assert result == 0.375


@pytest.mark.parametrize(
    "function",
    [
        lambda x: x @ x,
        lambda x: jnp.sort(x).sum(),
        lambda x: jnp.sum(x * 0 + x[0, 0]),
        lambda x: jnp.cumsum(x, 0)[0, 0],
        lambda x: lax.conv(x[None, None], x[None, None, :8, :8], (1, 1), "SAME")[0, 0, 0, 0],
        lambda x: lax.reduce_window(x, 0.0, lax.add, (16, 16), (8, 8), "VALID"),
        lambda x: x.at[0].add(x[1])[0, 0],
    ],
)
def test_work_is_counted(function: Callable[..., Any]) -> None:
    run = Evaluator(NATIVE, Budget(elements=4000)).prepare(trace(function, (MATRIX,)))
    with pytest.raises(BudgetExceeded):
        run([MATRIX])


@pytest.mark.parametrize(
    "function",
    [
        lambda x, i: x.at[i].apply(jnp.sin),
        lambda x, i: jax.random.bits(jax.random.key(0, impl="rbg"), (2,)),
    ],
)
def test_what_no_rule_covers_is_unsupported(function: Callable[..., Any]) -> None:
    with pytest.raises(Unsupported):
        Evaluator(FLOAT64).prepare(trace(function, (MATRIX, INDEX)))([MATRIX, INDEX])


@pytest.mark.parametrize(
    "function",
    [
        lambda x: x + x,
        lambda x: x * x,
        lambda x: -x,
        jnp.abs,
        lambda x: lax.div(x, jnp.zeros_like(x)),
        lambda x: lax.rem(x, jnp.zeros_like(x)),
        lambda x: lax.div(x, -jnp.ones_like(x)),
        lambda x: lax.shift_left(x, x),
        lambda x: jnp.log(x.astype(jnp.float32)),
        lambda x: (x.astype(jnp.float32) * 1e30).astype(jnp.int32),
        jnp.cumsum,
    ],
)
def test_no_warning_reaches_the_judge(function: Callable[..., Any]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for value in (HUGE, HUGE[0]):
            Evaluator(NATIVE).prepare(trace(function, (value,)))([value])


def test_a_rounding_that_keeps_every_bit_leaves_float64_alone() -> None:
    value = np.ones((), np.float32)
    program = trace(lambda x: lax.reduce_precision(x / 3, 8, 23), (value,))
    assert Evaluator(FLOAT64).prepare(program)([value]) == [1 / 3]


FLOATS, FLOAT = ArrayType("float32", (1000,)), ArrayType("float32", (4,))


@pytest.mark.parametrize(
    ("primitive", "inputs", "params"),
    [
        ("add", (ArrayType("float32", (9, 1)), ArrayType("float32", (1, 9))), {}),
        ("pow", (ArrayType("float32", (9, 1)), ArrayType("float32", (1, 9))), {}),
        ("tile", (FLOAT,), {"reps": (10**12,)}),
        ("concatenate", (FLOATS,) * 3, {"dimension": 0}),
        ("dot_general", (FLOATS, FLOATS), {"dimension_numbers": (((), ()), ((), ()))}),
        ("random_bits", (ArrayType("key<fry>"),), {"shape": (10**12,), "bit_width": 32}),
    ],
)
def test_a_result_larger_than_declared_is_refused(
    primitive: str, inputs: tuple[ArrayType, ...], params: dict[str, Any]
) -> None:
    variables = tuple(Variable(type) for type in inputs)
    equation = Equation(primitive, variables, (Variable(FLOAT),), params)
    with pytest.raises(Broken, match=primitive):
        Evaluator(NATIVE).prepare(Program(variables, (), (equation,), equation.outputs))


@pytest.mark.parametrize(
    ("combine", "start"), [(lambda a, b: a * 2 + b, 0), (lambda a, b: jnp.fmax(a, b), 0)]
)
def test_work_of_computations_is_counted(combine: Callable[..., Any], start: float) -> None:
    """Of those that run on many elements at once and of those that run on one."""

    def function(x: Any) -> Any:
        return lax.reduce(x, np.float32(start), combine, (0,))[0]

    program = trace(function, (MATRIX,))
    assert Evaluator(NATIVE).prepare(program)([MATRIX])
    with pytest.raises(BudgetExceeded):
        Evaluator(NATIVE, Budget(elements=4000)).prepare(program)([MATRIX])
    with pytest.raises(BudgetExceeded):
        Evaluator(NATIVE, Budget(equations=50)).prepare(program)([MATRIX])


def test_what_a_computation_holds_is_counted_for_every_result() -> None:
    program = trace(
        lambda x: lax.reduce(x, np.float32(0), lambda a, b: a * 2 + b * 3, (0,)), (MATRIX,)
    )
    held = 64 + 64 * 3 + 64 * 2 + 2  # results, what is computed for each, and literals
    Evaluator(NATIVE, Budget(largest=held)).prepare(program)
    with pytest.raises(TooLarge):
        Evaluator(NATIVE, Budget(largest=64 * 5)).prepare(program)


_FLAT = {"window_strides": (1,), "base_dilation": (1,), "window_dilation": (1,)}
_SQUARE = {"lhs_spec": (0, 1, 2, 3), "rhs_spec": (0, 1, 2, 3), "out_spec": (0, 1, 2, 3)}
_CONV = {
    "window_strides": (1, 1),
    "padding": ((0, 0), (0, 0)),
    "lhs_dilation": (1, 1),
    "rhs_dilation": (1, 1),
    "dimension_numbers": _SQUARE,
    "feature_group_count": 1,
    "batch_group_count": 1,
}


@pytest.mark.parametrize("extent", [1 << 20, 1 << 40])
@pytest.mark.parametrize("rest", [0, 1, -1, 1 << 40])
def test_positions_in_a_window_are_counted(extent: int, rest: int) -> None:
    """Also where there is no window or nothing in it."""
    for size in (0, 4):
        source, result = ArrayType("float32", (4, 1)), ArrayType("float32", (size, 1))
        params = {
            "window_dimensions": (extent, rest),
            "padding": ((0, extent), (0, 0)),
            **{name: value * 2 for name, value in _FLAT.items()},
        }
        with pytest.raises(BudgetExceeded):
            evaluate("reduce_window_sum", [source], result, **params)


def test_positions_in_an_empty_kernel_are_counted() -> None:
    kernel = ArrayType("float32", (0, 1, 1 << 18, 1 << 18))
    image = ArrayType("float32", (1, 1, 1, 1))
    with pytest.raises(BudgetExceeded):
        evaluate("conv_general_dilated", [image, kernel], ArrayType("float32", (1, 0, 1, 1)),
                 **_CONV)  # fmt: skip


def test_no_windows_have_no_sums() -> None:
    source, result = ArrayType("float32", (4,)), ArrayType("float32", (0,))
    params = {"window_dimensions": (9,), "padding": ((0, 0),), **_FLAT}
    (found,) = evaluate("reduce_window_sum", [source], result, **params)
    assert found.shape == (0,)


def test_elements_can_only_be_chosen_by_what_is_known() -> None:
    source = ArrayType("float32", (4,))
    params = {"window_dimensions": (1,), "padding": ((0, 0),), "select_prim": "gt", **_FLAT}
    for primitive in ("select_and_scatter_add", "select_and_gather_add"):
        with pytest.raises(Unsupported):
            evaluate(primitive, [source, source], source, **params)


def test_padding_between_far_strides_is_counted() -> None:
    def function(x: Any) -> Any:
        return lax.reduce_window(x, 0.0, lax.add, (1, 1), (10**6, 10**6), ((0, 10**6),) * 2)

    run = Evaluator(NATIVE).prepare(trace(function, (MATRIX,)))
    with pytest.raises(BudgetExceeded):
        run([MATRIX])

"""Every program ends in results or in one of the outcomes, and soon."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jax import lax

from graders.jaxpr.arithmetic import EXACT, FLOAT64, NATIVE, NotExact
from graders.jaxpr.folds import FOLDS
from graders.jaxpr.interpret import (
    Broken,
    Budget,
    BudgetExceeded,
    Evaluator,
    TooLarge,
    Unsupported,
    footprint,
)
from graders.jaxpr.model import Array, ArrayType, Equation, Program
from graders.jaxpr.rules.table import RULES
from tests.graders.programs import (
    SCALAR,
    TRUTH,
    WHOLE,
    Builder,
    applied,
    called,
    number,
    scan_params,
    traced,
    vector,
    while_params,
)

OUTCOMES = (Unsupported, Broken, BudgetExceeded, TooLarge, NotExact)
ONE = np.asarray(1, np.float32)


def run(program: Program, *values: Any, budget: Budget | None = None) -> list[Array]:
    return Evaluator(FLOAT64, budget or Budget()).prepare(program)(values)


@pytest.mark.parametrize(
    "function",
    [
        lambda x: lax.scan(lambda c, v: (c + v, c * v), 0.0, x),
        lambda x: lax.scan(lambda c, v: (c - v, c), jnp.float32(2), x, reverse=True),
        lambda x: lax.scan(lambda c, _: (c * 2, None), x, None, length=3),
        lambda x: lax.while_loop(lambda c: c[0] < 9, lambda c: (c[0] + c[1], c[1]), (x[0], x[1])),
        lambda x: jax.vmap(lambda v: lax.while_loop(lambda c: c < 9, lambda c: c * 2 + 1, v))(x),
        lambda x: lax.cond(x[0] > 1, lambda: x + 1, lambda: x - 1),
        lambda x: lax.switch(x[1].astype(int), [jnp.sin, jnp.cos, jnp.tan], x),
        lambda x: lax.switch(7, [jnp.sin, jnp.cos, lambda v: v * 3], x),
        lambda x: jax.jit(jnp.square)(x) + jax.checkpoint(jnp.square)(x),
        lambda x: lax.map(lambda v: lax.fori_loop(0, 3, lambda i, a: a * v + i, v), x),
        lambda x: jax.grad(lambda v: lax.scan(lambda c, a: (c * a, a), 1.0, v)[0])(x),
        lambda x: (x, jnp.float32(3), jnp.arange(3)),
    ],
)
def test_control_flow_gives_what_jax_gives(function: Callable[..., Any]) -> None:
    values = np.array([1.5, 2, 3], np.float32)
    found = run(traced(function, values), values)
    expected = jax.tree.leaves(jax.jit(function)(values))
    assert len(found) == len(expected)
    for mine, theirs in zip(found, expected, strict=True):
        np.testing.assert_allclose(mine, theirs, rtol=1e-6)


def test_a_call_is_evaluated_in_place() -> None:
    body = applied("add", [SCALAR, SCALAR], SCALAR)
    assert run(called(body), 2, 3) == [5.0]


def test_arithmetics_give_their_own_numbers() -> None:
    program = traced(lambda x: x / 3 + 1, ONE)
    exact = Evaluator(EXACT).prepare(program)([np.asarray(1)])[0]
    assert exact[()] == Fraction(4, 3)
    assert Evaluator(FLOAT64).prepare(program)([ONE])[0] == 1 / 3 + 1
    assert Evaluator(NATIVE).prepare(program)([ONE])[0].dtype == np.float32


def test_dividing_by_zero_is_not_exact_and_is_inf_in_floats() -> None:
    program = traced(lambda x: 1 / x, ONE)
    with pytest.raises(NotExact, match="division by zero"):
        Evaluator(EXACT).prepare(program)([np.asarray(0, np.float32)])
    assert np.isinf(run(program, np.float32(0))[0])


def test_an_irrational_function_is_not_exact() -> None:
    with pytest.raises(NotExact, match="sin has no exact"):
        Evaluator(EXACT).prepare(traced(jnp.sin, ONE))


def test_integers_need_no_exact_rule() -> None:
    program = traced(lambda x: lax.population_count(x), np.int32(7))
    assert Evaluator(EXACT).prepare(program)([np.asarray(7, np.int32)])[0] == 3


def _endless(body: Callable[[Any], Any]) -> Program:
    return traced(lambda x: lax.while_loop(lambda c: True, body, x), ONE)


def _ten_billion_steps(x: Any) -> Any:
    def outer(c: Any, _: Any) -> Any:
        return lax.scan(lambda d, _: (d + 1, None), c, None, length=100_000)[0], None

    return lax.scan(outer, x, None, length=100_000)[0]


@pytest.mark.parametrize(
    "program",
    [
        _endless(lambda c: c),
        _endless(lambda c: c + 1),
        traced(_ten_billion_steps, ONE),
        traced(lambda x: lax.fori_loop(0, 2**31 - 1, lambda i, c: c, x), ONE),
        traced(lambda x: lax.map(lambda i: x * i, jnp.arange(10.0))[:, None], np.ones(10**5)),
        traced(lambda x: x @ x, np.ones((2000, 2000), np.float32)),
    ],
    ids=["while", "while_work", "nested_scans", "empty_steps", "arrays", "product"],
)
def test_endless_work_exceeds_the_budget(program: Program) -> None:
    values = [np.ones(v.type.shape, v.type.dtype) for v in program.inputs]
    with pytest.raises(BudgetExceeded):
        run(program, *values, budget=Budget(equations=20_000, elements=1 << 20))


def test_the_budget_is_shared_by_all_runs() -> None:
    evaluate = Evaluator(FLOAT64, Budget(equations=5)).prepare(traced(lambda x: x + 1, ONE))
    for _ in range(5):
        evaluate([ONE])
    with pytest.raises(BudgetExceeded):
        evaluate([ONE])


def _wide_scan() -> Program:
    """A scan that runs nothing, and passes a row of many literals round."""
    body = Builder().gives(*[number(1.0)] * 1000)
    builder = Builder()
    outputs = builder.many("scan", [vector(1000)] * 1000, **scan_params(body, 0, 0, 1000))
    return builder.gives(outputs[0])


def test_moving_values_is_work_too() -> None:
    with pytest.raises(BudgetExceeded):
        run(_wide_scan(), budget=Budget(elements=1_500_000))


def _literals() -> Program:
    builder = Builder()
    huge = builder.constant(np.zeros(1 << 12))
    for _ in range(5):
        huge = builder.one("neg", vector(1 << 12), huge)
    return builder.gives(huge)


@pytest.mark.parametrize(
    "program",
    [
        traced(lambda x: jnp.broadcast_to(x, (1 << 20, 1 << 20)), ONE),
        traced(lambda x: lax.scan(lambda c, _: (c, jnp.zeros(99)), x, None, length=10**6)[1], ONE),
        traced(
            lambda x: lax.while_loop(lambda c: c > 0, lambda c: c + jnp.ones(10**5).sum(), x), 1.0
        ),
        _literals(),
    ],
)
def test_giant_arrays_are_too_large(program: Program) -> None:
    with pytest.raises(TooLarge, match="elements at a time"):
        Evaluator(FLOAT64, Budget(largest=20_000)).prepare(program)


def test_footprint_counts_all_there_is() -> None:
    body = applied("add", [SCALAR, SCALAR], SCALAR)
    builder = Builder(SCALAR)
    held = builder.constant([1, 2, 3])
    result = builder.one("add", vector(3), held, number(2.0))
    (twice,) = builder.many("call", [SCALAR], builder.inputs[0], number(1.0), jaxpr=body)
    assert footprint(builder.gives(result, twice, number(3.0))) == 3 + 4 + 2 + 1 + 1


@dataclass
class FakeOracle:
    answer: tuple[Array, ...] | None

    def evaluate(self, equation: Equation, inputs: Sequence[Array]) -> tuple[Array, ...]:
        if self.answer is None:
            raise LookupError(equation.primitive)
        return self.answer

    def used(self) -> tuple[str, ...]:
        return ()


def test_the_oracle_is_asked_for_what_has_no_rule() -> None:
    program = applied("unheard_of", [SCALAR], vector(2))
    oracle = FakeOracle((np.array([1, 2], np.float32),))
    (found,) = Evaluator(oracle=oracle).prepare(program)([ONE])
    assert found.tolist() == [1, 2]
    assert found.dtype == np.float64


def test_what_nobody_knows_is_unsupported() -> None:
    program = applied("unheard_of", [SCALAR], SCALAR)
    with pytest.raises(Unsupported, match="unheard_of") as caught:
        Evaluator().prepare(program)
    assert caught.value.primitive == "unheard_of"
    with pytest.raises(Unsupported):
        Evaluator(oracle=FakeOracle(None)).prepare(program)([ONE])


@pytest.mark.parametrize("answer", [(), (np.zeros(3),), (np.zeros(2), np.zeros(2))])
def test_an_oracle_that_answers_something_else_is_broken(answer: tuple[Array, ...]) -> None:
    program = applied("unheard_of", [SCALAR], vector(2))
    with pytest.raises(Broken):
        Evaluator(oracle=FakeOracle(answer)).prepare(program)([ONE])


def _one_of_two() -> Program:
    builder = Builder(SCALAR)
    return builder.gives(*builder.many("neg", [SCALAR, SCALAR], builder.inputs[0]))


def _nothing() -> Program:
    builder = Builder(SCALAR)
    builder.many("neg", [], builder.inputs[0])
    return builder.gives(builder.inputs[0])


def _unwritable() -> Program:
    """`neg` with a second operand, which NumPy would take for the array to write to."""
    return applied("neg", [vector(2), vector(2)], vector(2))


def _integer_division() -> Program:
    return applied("reduce_precision", [SCALAR], SCALAR, exponent_bits=0, mantissa_bits="x")


MALFORMED = {
    "one of two": _one_of_two(),
    "nothing": _nothing(),
    "operands written to": _unwritable(),
    "parameters of another kind": _integer_division(),
    "no parameters": applied("reshape", [vector(4)], vector(3)),
    "missing": applied("transpose", [vector(4)], vector(4)),
    "axis": applied("concatenate", [vector(2)], vector(2), dimension=-7),
    "axes": applied("reduce_sum", [vector(4)], SCALAR, axes=(3,)),
    "arity": applied("add", [SCALAR] * 3, SCALAR),
    "too few": applied("select_n", [SCALAR], SCALAR),
    "slice": applied(
        "slice", [vector(4)], vector(4), start_indices=(0,), limit_indices=(2,), strides=None
    ),
    "negative": applied(
        "slice", [vector(4)], vector(4), start_indices=(-2,), limit_indices=(2,), strides=None
    ),
    "platforms": applied("platform_index", [], WHOLE, platforms=(("tpu",),)),
    "dtype": applied("neg", [ArrayType("nonsense")], ArrayType("nonsense")),
    "result dtype": applied(
        "convert_element_type", [SCALAR], ArrayType("nonsense"), new_dtype="nonsense"
    ),
    "iota": applied("iota", [], vector(4), dimension=2, dtype="float32"),
    "division": applied("pad", [vector(1), SCALAR], vector(1), padding_config=((1, 1, -1),)),
    "outer product": applied("add", [ArrayType("float32", (4, 1)), vector(4)], vector(4)),
    "huge rank": applied("expand_dims", [SCALAR], ArrayType("float32", (1,) * 32), axes=(99,)),
}


@pytest.mark.parametrize("program", MALFORMED.values(), ids=list(MALFORMED))
@pytest.mark.parametrize("arithmetic", [FLOAT64, NATIVE, EXACT])
def test_a_malformed_program_has_an_outcome(program: Program, arithmetic: Any) -> None:
    values = [np.ones(v.type.shape, np.float32) for v in program.inputs]
    with pytest.raises((Broken, NotExact, Unsupported)):
        Evaluator(arithmetic).prepare(program)(values)
    assert all((value == 1).all() for value in values)


@pytest.mark.parametrize("values", [(), (1, 2), (np.ones(2),)])
def test_arguments_must_be_those_declared(values: tuple[Any, ...]) -> None:
    with pytest.raises(Broken):
        run(applied("neg", [SCALAR], SCALAR), *values)


def test_arguments_and_constants_are_never_written_to() -> None:
    program = applied("neg", [vector(2), vector(2)], vector(2))
    mine = np.ones(2, np.float32)
    with pytest.raises(Broken):
        Evaluator(NATIVE).prepare(program)([mine, mine])
    assert mine.tolist() == [1, 1]
    assert mine.flags.writeable


def test_dividing_by_zero_outside_exact_arithmetic_is_broken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def evaluate(equation: Equation, inputs: Sequence[Array]) -> tuple[Array, ...]:
        raise ZeroDivisionError

    oracle = FakeOracle(None)
    monkeypatch.setattr(oracle, "evaluate", evaluate)
    with pytest.raises(Broken, match="a division"):
        Evaluator(oracle=oracle).prepare(applied("unheard_of", [SCALAR], SCALAR))([ONE])


SHAPES = st.lists(st.integers(0, 3), max_size=2).map(tuple)
TYPES = st.builds(ArrayType, st.sampled_from(["float32", "int32", "bool", "key<fry>"]), SHAPES)
NUMBERS = st.integers(-3, 5) | st.sampled_from([None, True, 2.5, "clip", "float32", 10**12])
VALUES: st.SearchStrategy[Any] = st.recursive(
    NUMBERS, lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=4
)
NAMES = [
    *("axes", "axis", "dimension", "dimensions", "shape", "sizes", "permutation", "new_sizes"),
    *("start_indices", "limit_indices", "strides", "mode", "slice_sizes", "padding_config"),
    *("dimension_numbers", "reps", "new_dtype", "dtype", "broadcast_dimensions", "padding"),
    *("window_dimensions", "window_strides", "base_dilation", "jaxpr", "y", "num_keys"),
]


@given(
    st.sampled_from(sorted({*RULES, *FOLDS})),
    st.lists(TYPES, max_size=3),
    st.lists(TYPES, max_size=2),
    st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6),
    st.sampled_from([FLOAT64, NATIVE, EXACT]),
)
@settings(max_examples=300, deadline=None)
def test_no_equation_whatsoever_gets_past_the_outcomes(
    primitive: str,
    inputs: list[ArrayType],
    outputs: list[ArrayType],
    params: dict[str, Any],
    arithmetic: Any,
) -> None:
    builder = Builder(*inputs)
    program = builder.gives(*builder.many(primitive, outputs, *builder.inputs, **params))
    values = [np.ones(t.shape, np.uint64 if "key" in t.dtype else t.dtype) for t in inputs]
    try:
        evaluator = Evaluator(arithmetic, Budget(1000, 1 << 16, 1 << 16))
        results = evaluator.prepare(program)(values)
    except OUTCOMES:
        return
    assert all(result.size <= type.size for result, type in zip(results, outputs, strict=True))


def test_each_element_of_a_batched_loop_stops_by_itself() -> None:
    condition, doubled = Builder(vector(3)), Builder(vector(3))
    asked = condition.one("lt", vector(3, "bool"), condition.inputs[0], number(2.0))
    result = doubled.one("mul", vector(3), doubled.inputs[0], number(2.0))
    loop = Builder(vector(3))
    params = while_params(condition.gives(asked), doubled.gives(result))
    (found,) = run(
        loop.gives(*loop.many("while", [vector(3)], *loop.inputs, **params)), [1, 5, 0.5]
    )
    assert found.tolist() == [2, 5, 2]


def test_a_condition_is_asked_before_the_first_step() -> None:
    never = Builder(SCALAR).gives(number(False, "bool"))
    loop = Builder(SCALAR)
    params = while_params(never, applied("neg", [SCALAR], SCALAR))
    assert never.outputs[0].type == TRUTH
    assert run(loop.gives(*loop.many("while", [SCALAR], *loop.inputs, **params)), 3) == [3]

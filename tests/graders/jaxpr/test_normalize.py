"""The normal form computes the same, holds no calls, and nothing that is not needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from jax import lax
from jax.experimental import checkify

from graders.jaxpr.encode import encode
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Array, Equation, Literal, Program
from graders.jaxpr.normalize import TooLong, alike, normalize, prune
from tests.graders.jaxpr.strategies import arguments, programs, written
from tests.graders.programs import (
    SCALAR,
    WHOLE,
    Builder,
    applied,
    called,
    number,
    scan_params,
    traced,
    vector,
)

ROWS = np.array([1, 2, 3], np.float32)
ONE = np.float32(1)


def names(program: Program) -> list[str]:
    return [equation.primitive for equation in program.walk()]


def only(program: Program, primitive: str) -> Equation:
    (found,) = [equation for equation in program.walk() if equation.primitive == primitive]
    return found


@given(programs() | written(), arguments())
@settings(max_examples=60, deadline=None)
def test_the_normal_form_computes_the_same(program: Program, values: tuple[Array, ...]) -> None:
    normal = normalize(program)
    assert "call" not in names(normal)
    before, after = (Evaluator().prepare(each)(values) for each in (program, normal))
    for one, two in zip(before, after, strict=True):
        np.testing.assert_array_equal(one, two)


@given(programs() | written())
@settings(max_examples=40, deadline=None)
def test_the_normal_form_is_its_own(program: Program) -> None:
    once = normalize(program)
    assert names(normalize(once)) == names(once)


def _counting(by: int) -> Callable[[Any], Any]:
    """A product with a count beside it that nothing uses."""

    def step(carry: Any, v: Any) -> Any:
        return (carry[0] * v, carry[1] + by), None

    return lambda x: lax.scan(step, (x[0], by), x)[0][0]


def _checked(x: Any) -> Any:
    errors = checkify.user_checks | checkify.float_checks

    def step(c: Any, v: Any) -> Any:
        checkify.check(jnp.isfinite(c), "not finite: {c}", c=c)
        return c * v, None

    return checkify.checkify(lambda x: lax.scan(step, x[0], x)[0], errors)(x)[1]


def test_programs_that_differ_in_dead_code_only_are_alike() -> None:
    one, two = (traced(_counting(by), ROWS) for by in (1, 2))
    assert encode(one) != encode(two)
    assert alike(one, two)
    assert not alike(one, traced(lambda x: _counting(1)(x) + 1, ROWS))


def test_functions_with_runtime_checks_are_alike_each_time() -> None:
    assert alike(*(traced(lambda x: _checked(x), ROWS) for _ in range(2)))


def test_dead_code_goes() -> None:
    def function(x: Any) -> Any:
        lax.scan(lambda c, v: (c + v, None), 0.0, x)
        jnp.sin(x)
        return x + jnp.array([4.0, 5, 6])

    normal = normalize(traced(function, ROWS))
    assert names(normal) == ["add"]
    assert len(normal.constants) <= 1


def test_dead_slots_of_a_scan_go() -> None:
    def step(carry: Any, row: Any) -> Any:
        w, dead, feeding = carry
        return (w + row[0] + feeding, dead + w, feeding * 2), (w, row[1] * dead)

    def function(w: Any, xs: Any, ys: Any, k: Any) -> Any:
        (w, _, _), (kept, _) = lax.scan(lambda c, r: step(c, (r[0], r[1] * k)), (w, w, w), (xs, ys))
        return w, kept

    scan = only(normalize(traced(function, ONE, ROWS, ROWS, ONE)), "scan")
    assert (scan.params["num_consts"], scan.params["num_carry"]) == (0, 2)
    assert len(scan.inputs) == 3
    assert len(scan.outputs) == 3
    assert len(scan.params["jaxpr"].inputs) == 3


def test_dead_slots_of_a_while_go() -> None:
    def function(x: Any, k: Any, m: Any) -> Any:
        def step(carry: Any) -> Any:
            i, w, dead, fed = carry
            return i + 1, w + fed * k, dead * m, fed + 1

        return lax.while_loop(lambda c: c[0] < k, step, (0.0, x, x, x))[1]

    loop = only(normalize(traced(function, ONE, ONE, ONE)), "while")
    assert len(loop.outputs) == 3
    assert (loop.params["cond_nconsts"], loop.params["body_nconsts"]) == (1, 1)


def test_dead_results_of_a_branch_go() -> None:
    def function(p: Any, x: Any, y: Any) -> Any:
        return lax.cond(p > 0, lambda: (x, y * 2), lambda: (-x, y))[0]

    branch = only(normalize(traced(function, ONE, ONE, ONE)), "cond")
    assert (len(branch.inputs), len(branch.outputs)) == (2, 1)


def test_only_wanted_outputs_are_kept() -> None:
    builder = Builder(SCALAR)
    held = builder.constant(1.0)
    kept = builder.one("neg", SCALAR, builder.inputs[0])
    pruned = prune(builder.gives(kept, held), [True, False])
    assert pruned.outputs == (kept,)
    assert not pruned.constants
    assert pruned.inputs == builder.inputs


@pytest.mark.parametrize(("index", "primitive"), [(0, "sin"), (1, "cos"), (-4, "sin"), (9, "cos")])
def test_a_branch_that_is_settled_is_taken(index: int, primitive: str) -> None:
    branches = tuple(applied(name, [SCALAR], SCALAR) for name in ("sin", "cos"))
    builder = Builder(SCALAR)
    literal = number(index, "int32")
    (result,) = builder.many("cond", [SCALAR], literal, *builder.inputs, branches=branches)
    assert names(normalize(builder.gives(result))) == [primitive]


def test_arithmetic_on_known_integers_settles_branches() -> None:
    def inner(i: Any, x: Any) -> Any:
        return lax.cond(i + 1 > 2, jnp.sin, jnp.cos, x)

    assert names(normalize(traced(lambda x: jax.jit(inner)(5, x), ONE))) == ["sin"]


def folded(equation: str, *inputs: Literal, type: Any = WHOLE, **params: Any) -> bool:
    builder = Builder()
    result = builder.one(equation, type, *inputs, **params)
    return not normalize(builder.gives(result)).equations


def test_only_small_known_integers_are_folded() -> None:
    two = number(2, "int32")
    assert folded("add", two, two)
    assert not folded("add", number(1.0), number(1.0), type=SCALAR)
    assert not folded("iota", type=WHOLE)
    assert not folded("unheard_of", two)
    assert not folded(
        "broadcast_in_dim",
        two,
        type=vector(999, "int32"),
        shape=(999,),
        broadcast_dimensions=(),
        sharding=None,
    )
    assert not folded("add", two, two, type=vector(3, "int32"))
    assert not folded("add", two)
    assert not folded("round", number(2.0), rounding_method="to_nearest_even")


def test_programs_in_tuples_are_rewritten_too() -> None:
    inner = called(applied("neg", [SCALAR], SCALAR))
    builder = Builder(WHOLE, SCALAR)
    (result,) = builder.many("cond", [SCALAR], *builder.inputs, branches=(inner, inner))
    branches = normalize(builder.gives(result)).equations[0].params["branches"]
    assert [names(branch) for branch in branches] == [["neg"], ["neg"]]


def test_calls_that_double_are_too_long() -> None:
    program = applied("neg", [SCALAR], SCALAR)
    for _ in range(40):
        builder = Builder(SCALAR)
        value = builder.inputs[0]
        for _ in range(2):
            value = builder.one("call", SCALAR, value, jaxpr=program)
        program = builder.gives(value)
    with pytest.raises(TooLong, match="once its calls are written out"):
        normalize(program)


def test_wide_calls_are_long_too() -> None:
    body = Builder(SCALAR)
    body.many("call", [SCALAR] * 999, jaxpr=Builder().gives(*[number(1.0)] * 999))
    thin = body.gives(body.inputs[0])
    builder = Builder(SCALAR)
    value = builder.inputs[0]
    for _ in range(999):
        value = builder.one("call", SCALAR, value, jaxpr=thin)
    with pytest.raises(TooLong):
        normalize(builder.gives(value))


def slow_loops(slots: int, depth: int) -> Program:
    """Scans within scans of which each is looked through `slots` times for each look from outside.

    Each carry slot is fed by the next and the last by a const; what is within starts afresh.
    """
    builder = Builder(*[SCALAR] * (1 + slots))
    const, _, second, *others = builder.inputs
    if depth:
        starts = [number(0.0)] * slots
        params = scan_params(slow_loops(slots, depth - 1), 1, slots, 2)
        inner = builder.many("scan", [SCALAR] * slots, const, *starts, **params)
        second = builder.one("add", SCALAR, second, inner[0])
    return builder.gives(second, *others, const)


def test_loops_within_loops_that_settle_slowly_are_refused() -> None:
    wanted = [True] + [False] * 19
    assert names(prune(slow_loops(20, 1), wanted)) == ["scan", "add"]
    with pytest.raises(TooLong, match="too long to simplify"):
        prune(slow_loops(20, 8), wanted, effort=100_000)

"""What is computed again for the gradient is marked as such, however it is nested."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from graders.jaxpr.inline import inline
from graders.jaxpr.model import RECOMPUTED, Equation, Program
from graders.jaxpr.normalize import normalize
from tests.graders.programs import (
    SCALAR,
    WHOLE,
    Builder,
    applied,
    number,
    scan_params,
    traced,
    while_params,
)

ONE, ROWS = np.float32(1), np.ones(3, np.float32)
SIN = applied("sin", [SCALAR], SCALAR)


def call(body: Program, kind: str) -> Program:
    """A negation, the call of a body, and another negation."""
    builder = Builder(SCALAR)
    value = builder.one("neg", SCALAR, *builder.inputs)
    value = builder.one("call", SCALAR, value, jaxpr=body, kind=kind)
    return builder.gives(builder.one("neg", SCALAR, value))


def marked(program: Program) -> list[str]:
    """The primitives of a program written out, a star for each call they are computed again in."""
    return [f"{e.primitive}{'*' * e.recomputed}" for e in inline(program).walk()]


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        (call(SIN, "jit"), "neg sin neg"),
        (call(SIN, RECOMPUTED), "neg sin* neg"),
        (call(call(SIN, "jit"), RECOMPUTED), "neg neg* sin* neg* neg"),
        (call(call(SIN, RECOMPUTED), "jit"), "neg neg sin* neg neg"),
        (call(call(SIN, RECOMPUTED), RECOMPUTED), "neg neg* sin** neg* neg"),
    ],
)
def test_what_stands_in_a_recomputed_call_is_marked(program: Program, expected: str) -> None:
    assert marked(program) == expected.split()
    assert marked(inline(program)) == expected.split()


def test_one_program_called_both_ways_is_written_out_both_ways() -> None:
    builder = Builder(SCALAR)
    value = builder.one("call", SCALAR, *builder.inputs, jaxpr=SIN, kind=RECOMPUTED)
    value = builder.one("call", SCALAR, value, jaxpr=SIN, kind="jit")
    assert marked(builder.gives(value)) == ["sin*", "sin"]


def looping(primitive: str, **params: Any) -> Program:
    builder = Builder(*[WHOLE] * (primitive == "cond"), SCALAR)
    return builder.gives(builder.one(primitive, SCALAR, *builder.inputs, **params))


ENDING = Builder(SCALAR).gives(number(False, "bool"))
LOOPS = [
    looping("scan", **scan_params(SIN, 0, 1, 3)),
    looping("while", **while_params(ENDING, SIN)),
]


@pytest.mark.parametrize("loop", LOOPS, ids=["scan", "while"])
def test_a_loop_that_is_computed_again_is_so_with_all_its_steps(loop: Program) -> None:
    primitive = loop.equations[0].primitive
    expected = ["neg", f"{primitive}*", "sin*", "neg"]
    assert marked(call(loop, RECOMPUTED)) == expected
    assert marked(call(loop, "jit")) == [name.removesuffix("*") for name in expected]


def test_what_is_computed_again_within_a_step_is_so_more_often_than_the_loop() -> None:
    loop = looping("scan", **scan_params(call(SIN, RECOMPUTED), 0, 1, 3))
    assert marked(loop) == ["scan", "neg", "sin*", "neg"]
    again = call(loop, RECOMPUTED)
    assert marked(again) == ["neg", "scan*", "neg*", "sin**", "neg*", "neg"]
    assert marked(inline(again)) == marked(again)


def test_branches_are_computed_again_with_what_chooses_between_them() -> None:
    builder = Builder(WHOLE, SCALAR)
    body = looping("cond", branches=(SIN, SIN))
    value = builder.one("call", SCALAR, *builder.inputs, jaxpr=body, kind=RECOMPUTED)
    assert marked(builder.gives(value)) == ["cond*", "sin*", "sin*"]


@pytest.mark.parametrize(("kind", "expected"), [(RECOMPUTED, "sin*"), ("jit", "sin")])
def test_a_settled_branch_is_as_the_call_it_stands_in(kind: str, expected: str) -> None:
    settled = Builder(SCALAR)
    index = number(0, "int32")
    settled_value = settled.one("cond", SCALAR, index, *settled.inputs, branches=(SIN, SIN))
    assert marked(call(settled.gives(settled_value), kind)) == ["neg", expected, "neg"]


def test_one_loop_body_used_both_ways_is_rewritten_both_ways() -> None:
    scan = looping("scan", **scan_params(SIN, 0, 1, 3))
    builder = Builder(SCALAR)
    value = builder.one("call", SCALAR, *builder.inputs, jaxpr=scan, kind=RECOMPUTED)
    for _ in range(2):
        value = builder.one("call", SCALAR, value, jaxpr=scan, kind="jit")
    program = inline(builder.gives(value))
    assert marked(program) == ["scan*", "sin*", "scan", "sin", "scan", "sin"]
    first, second, third = (equation.params["jaxpr"] for equation in program.equations)
    assert [next(body.walk()).recomputed for body in (first, second)] == [1, 0]
    assert second is third


def recomputed(function: Callable[..., Any], *values: Any) -> set[str]:
    program = normalize(traced(function, *values))
    return {equation.primitive for equation in program.walk() if equation.recomputed}


def layers(step: Callable[..., Any]) -> Callable[..., Any]:
    return lambda x, w: lax.scan(lambda h, row: (step(h, row), None), x, w)[0]


def tanh(h: Any, row: Any) -> Any:
    return jnp.tanh(h * row)


def test_jax_marks_what_it_computes_again_for_a_gradient_only() -> None:
    kept, again = layers(tanh), layers(jax.checkpoint(tanh))
    assert recomputed(kept, ONE, ROWS) == recomputed(again, ONE, ROWS) == set()
    assert recomputed(jax.grad(kept), ONE, ROWS) == set()
    assert "tanh" in recomputed(jax.grad(again), ONE, ROWS)


def test_a_loop_in_a_checkpoint_is_computed_again_as_a_whole() -> None:
    assert {"scan", "tanh"} <= recomputed(jax.grad(jax.checkpoint(layers(tanh))), ONE, ROWS)


def test_equations_keep_all_else() -> None:
    program = call(SIN, RECOMPUTED)
    found: list[Equation] = list(inline(program).walk())
    assert found[1].params == SIN.equations[0].params
    assert found[1].inputs == found[0].outputs

"""What is barred is found wherever it stands; what is asked for must reach the result."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from graders.barred import Found, all_equations, callbacks, forbidden, foreign, required
from graders.jaxpr.model import Location, Program
from graders.jaxpr.normalize import normalize
from tests.graders.programs import FOREIGN_NAME, SCALAR, Builder, applied, called, traced

ROWS = np.ones(3, np.float32)
SIN, COS = (applied(name, [SCALAR], SCALAR) for name in ("sin", "cos"))


def normal(function: Any) -> Program:
    return normalize(traced(function, ROWS))


def told(found: list[Found]) -> list[tuple[str, str | None]]:
    return [(f.code, equation.primitive if equation else None) for f, equation in found]


def test_what_is_forbidden_is_found_in_loops_too() -> None:
    program = normal(lambda x: lax.scan(lambda c, v: (jnp.sin(c), None), x[0], x)[0])
    ((finding, equation),) = forbidden(["cos", "sin"], [program])
    assert finding.message == "the program uses sin, which this exercise forbids"
    assert equation is not None
    assert equation.primitive == "sin"


def test_the_first_that_is_forbidden_is_told_alone() -> None:
    programs = [SIN, normal(lambda x: jnp.cos(jnp.sin(x)))]
    assert told(list(forbidden(["cos", "sin"], programs))) == [("forbidden_operation", "sin")]
    assert told(list(forbidden(["cos"], programs))) == [("forbidden_operation", "cos")]
    assert told(list(forbidden(["tan"], programs))) == []
    assert told(list(forbidden([], programs))) == []


def test_what_is_forbidden_may_stand_in_dead_code() -> None:
    def function(x: Any) -> Any:
        jnp.sin(x)
        return x + 1

    assert not list(forbidden(["sin"], [normal(function)]))


def test_what_is_asked_for_must_be_in_every_program() -> None:
    both = normal(lambda x: jnp.cos(jnp.sin(x)))
    assert told(list(required(["sin", "cos"], [both, both]))) == []
    assert told(list(required(["sin", "cos", "tan"], [both, COS]))) == [
        ("missing_operation", None),
        ("missing_operation", None),
    ]
    messages = [finding.message for finding, _ in required(["sin", "cos"], [both, COS])]
    assert messages == [
        "the result does not depend on any sin, which this exercise asks for",
    ]
    assert told(list(required([], [both]))) == []


def test_what_is_asked_for_may_stand_in_a_loop_but_not_in_dead_code() -> None:
    def function(x: Any) -> Any:
        jnp.cos(x)
        return jax.jit(lambda v: lax.map(jnp.sin, v))(x)

    assert told(list(required(["sin"], [normal(function)]))) == []
    assert told(list(required(["cos"], [normal(function)]))) == [("missing_operation", None)]


@pytest.mark.parametrize("barred", [callbacks, foreign])
def test_what_no_exercise_admits_is_found_in_calls_and_dead_code(barred: Any) -> None:
    name = FOREIGN_NAME if barred is foreign else "io_callback"
    builder = Builder(SCALAR)
    builder.many("call", [SCALAR], *builder.inputs, jaxpr=applied(name, [SCALAR], SCALAR))
    program = builder.gives(*builder.inputs)
    assert [equation.primitive for _, equation in barred([SIN, program, program])] == [name]
    assert not list(barred([SIN, called(SIN)]))


def test_shared_programs_are_looked_at_once() -> None:
    builder = Builder(SCALAR)
    for _ in range(2):
        builder.many("call", [SCALAR], *builder.inputs, jaxpr=SIN)
    found = [equation.primitive for equation in all_equations(builder.gives())]
    assert found == ["call", "call", "sin"]


def test_a_finding_comes_with_the_place_of_its_equation() -> None:
    (equation,) = SIN.equations
    placed = replace(SIN, equations=(replace(equation, location=Location(3, "f")),))
    ((_, found),) = forbidden(["sin"], [placed])
    assert found is not None
    assert found.location == Location(3, "f")

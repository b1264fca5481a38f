"""Every variable has one name; what is handed in unchanged keeps its own."""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from hypothesis import given, settings
from jax import lax

from graders.jaxpr.model import Program, Variable
from graders.jaxpr.names import name
from tests.graders.jaxpr.strategies import programs, written
from tests.graders.programs import SCALAR, Builder, traced

ROWS = np.zeros((3, 2), np.float32)
ONE = np.float32(1)


def variables(program: Program) -> set[Variable]:
    found = {*program.inputs, *(variable for variable, _ in program.constants)}
    for equation in program.equations:
        found.update(equation.outputs)
        for nested in equation.programs():
            found |= variables(nested)
    return found


@given(programs() | written())
@settings(max_examples=40, deadline=None)
def test_every_variable_of_every_program_has_a_name(program: Program) -> None:
    names = name(program, ["first", "second"])
    assert names.keys() == variables(program)
    assert [names[v] for v in program.inputs] == ["first", "second", names[program.inputs[2]]]
    assert name(program, ["first", "second"]) == names


def test_names_are_letters_in_order_without_words_of_python() -> None:
    builder = Builder(SCALAR)
    last = builder.inputs[0]
    for _ in range(400):
        last = builder.one("neg", SCALAR, last)
    found = list(name(builder.gives(last), ["b"]).values())
    assert found[:4] == ["b", "a", "c", "d"]
    assert found[25:28] == ["z", "aa", "ab"]
    assert {"as", "if", "in", "is", "or"}.isdisjoint(found)
    assert len(set(found)) == len(found)


def inner(program: Program, key: str) -> Program:
    """The first program among the parameters of the only equation that has such ones."""
    (equation,) = [e for e in program.equations if key in e.params]
    value = equation.params[key]
    found: Program = value[0] if isinstance(value, tuple) else value
    return found


def named(program: Program, nested: Program, *arguments: str) -> list[str]:
    names = name(program, arguments)
    return [names[variable] for variable in nested.inputs]


def test_captured_values_have_the_same_name_inside() -> None:
    def scanned(lr: Any, w: Any, x: Any) -> Any:
        return lax.scan(lambda w, row: (w - lr * row.sum(), None), w, x)[0]

    program = traced(scanned, ONE, ONE, ROWS)
    captured, carried, row = named(program, inner(program, "jaxpr"), "lr", "w", "x")
    assert captured == "lr"
    assert {carried, row}.isdisjoint({"lr", "w", "x"})


def test_loops_and_branches_keep_names_of_captured_values_too() -> None:
    def looped(low: Any, high: Any, w: Any) -> Any:
        return lax.while_loop(lambda w: w < high, lambda w: w - low, w)

    program = traced(looped, ONE, ONE, ONE)
    condition, body = inner(program, "cond_jaxpr"), inner(program, "body_jaxpr")
    assert named(program, condition, "low", "high")[0] == "high"
    assert named(program, body, "low", "high")[0] == "low"

    def chosen(w: Any, x: Any) -> Any:
        return lax.cond(w > 0, lambda x: x + 1, jnp.sin, x)

    branches = traced(chosen, ONE, ONE)
    assert named(branches, inner(branches, "branches"), "w", "x") == ["x"]


def test_a_literal_handed_in_gets_a_letter() -> None:
    program = traced(lambda x: jax.jit(lambda x, y: x + y)(x, 2.0), ONE)
    (called,) = [e for e in program.equations if e.primitive == "call"]
    assert named(program, called.params["jaxpr"], "x")[0] == "x"


def test_known_names_stay() -> None:
    first = traced(lambda x, y: x * y + 1, ONE, ONE)
    known = name(first, ["x", "y"])
    again = Builder(SCALAR)
    longer = Program(
        first.inputs,
        (),
        (*first.equations, *again.gives(again.one("neg", SCALAR, *again.inputs)).equations),
        first.outputs,
    )
    names = name(longer, known=known)
    assert {v: names[v] for v in known} == known
    assert len(set(names.values())) == len(names)

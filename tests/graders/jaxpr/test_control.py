"""Operands of control flow must fit the programs they are given to."""

from __future__ import annotations

from typing import Any

import jax
import numpy as np
import pytest
from jax import lax

from graders.jaxpr.control import check_control
from graders.jaxpr.decode import decode
from graders.jaxpr.encode import encode
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import ArrayType, Atom, Equation, Variable
from graders.jaxpr.wireform import Malformed
from tests.graders.programs import (
    SCALAR,
    TRUTH,
    WHOLE,
    Builder,
    applied,
    number,
    scan_params,
    traced,
    vector,
    while_params,
)

ADD = applied("add", [SCALAR, SCALAR], SCALAR)
NEG = applied("neg", [SCALAR], SCALAR)
ALWAYS = Builder(SCALAR).gives(number(True, "bool"))


def checked(primitive: str, inputs: list[ArrayType], outputs: list[ArrayType], params: Any) -> None:
    sources: tuple[Atom, ...] = tuple(Variable(type) for type in inputs)
    check_control(Equation(primitive, sources, tuple(map(Variable, outputs)), params))


def scan(**changed: Any) -> Any:
    return scan_params(ADD, 0, 1, 3) | changed


def test_what_fits_is_let_through() -> None:
    checked("neg", [], [], {})
    checked("scan", [SCALAR, vector(3)], [SCALAR], scan())
    checked("while", [SCALAR], [SCALAR], while_params(ALWAYS, NEG))
    checked("cond", [WHOLE, SCALAR], [SCALAR], {"branches": (NEG, NEG)})
    checked("cond", [TRUTH, SCALAR], [SCALAR], {"branches": (NEG,)})
    checked("call", [SCALAR], [SCALAR], {"jaxpr": NEG})


@pytest.mark.parametrize(
    ("inputs", "outputs", "params"),
    [
        ([SCALAR, vector(3)], [SCALAR], {}),
        ([SCALAR, vector(3)], [SCALAR], scan(jaxpr=None)),
        ([SCALAR, vector(3)], [SCALAR], scan(reverse=0)),
        ([SCALAR, vector(3)], [SCALAR], scan(length=4)),
        ([SCALAR, vector(3)], [SCALAR], scan(length=-3)),
        ([SCALAR, vector(3)], [SCALAR], scan(num_consts=-1, num_carry=2)),
        ([SCALAR, vector(3)], [SCALAR], scan(num_carry=True)),
        ([SCALAR, vector(3)], [SCALAR], scan(num_carry=2)),
        ([SCALAR, vector(3)], [SCALAR], scan(num_consts=3)),
        ([SCALAR, vector(3)], [], scan()),
        ([SCALAR, vector(3)], [SCALAR, vector(3)], scan()),
        ([SCALAR, vector(3)], [WHOLE], scan()),
        ([SCALAR, SCALAR], [SCALAR], scan()),
        ([WHOLE, vector(3)], [SCALAR], scan()),
        ([SCALAR, vector(3)], [SCALAR], scan(num_carry=0, num_consts=1)),
    ],
)
def test_a_scan_that_does_not_fit(
    inputs: list[ArrayType], outputs: list[ArrayType], params: Any
) -> None:
    with pytest.raises(Malformed):
        checked("scan", inputs, outputs, params)


NUMBER = Builder(SCALAR).gives(number(1.0))
TWO = Builder(SCALAR).gives(number(True, "bool"), number(True, "bool"))
ROW = Builder(SCALAR).gives(Variable(vector(2, "bool")))


@pytest.mark.parametrize(
    ("inputs", "outputs", "params"),
    [
        ([SCALAR], [SCALAR], {}),
        ([SCALAR], [SCALAR], while_params(NUMBER, NEG)),
        ([SCALAR], [SCALAR], while_params(TWO, NEG)),
        ([SCALAR], [SCALAR], while_params(ROW, NEG)),
        ([SCALAR], [SCALAR], while_params(ALWAYS, ADD)),
        ([SCALAR], [SCALAR], while_params(ALWAYS, NEG, n_cond=1)),
        ([SCALAR], [SCALAR], while_params(ALWAYS, NEG, n_body=-1)),
        ([SCALAR], [], while_params(ALWAYS, NEG)),
        ([WHOLE], [WHOLE], while_params(ALWAYS, NEG)),
    ],
)
def test_a_while_that_does_not_fit(
    inputs: list[ArrayType], outputs: list[ArrayType], params: Any
) -> None:
    with pytest.raises(Malformed):
        checked("while", inputs, outputs, params)


@pytest.mark.parametrize(
    ("primitive", "inputs", "outputs", "params"),
    [
        ("cond", [WHOLE, SCALAR], [SCALAR], {"branches": ()}),
        ("cond", [WHOLE, SCALAR], [SCALAR], {"branches": {"a": NEG}}),
        ("cond", [WHOLE, SCALAR], [SCALAR], {"branches": NEG}),
        ("cond", [WHOLE, SCALAR], [SCALAR], {"branches": (NEG, ADD)}),
        ("cond", [WHOLE, SCALAR], [WHOLE], {"branches": (NEG,)}),
        ("cond", [SCALAR, SCALAR], [SCALAR], {"branches": (NEG,)}),
        ("cond", [vector(1, "int32"), SCALAR], [SCALAR], {"branches": (NEG,)}),
        ("cond", [], [SCALAR], {"branches": (NEG,)}),
        ("call", [SCALAR], [SCALAR], {}),
        ("call", [SCALAR], [SCALAR], {"jaxpr": 3}),
        ("call", [SCALAR], [SCALAR, SCALAR], {"jaxpr": NEG}),
        ("call", [vector(1)], [SCALAR], {"jaxpr": NEG}),
    ],
)
def test_a_branch_or_call_that_does_not_fit(
    primitive: str, inputs: list[ArrayType], outputs: list[ArrayType], params: Any
) -> None:
    with pytest.raises(Malformed):
        checked(primitive, inputs, outputs, params)


FOLD = {"jaxpr": ADD, "dimensions": (0,)}
ROWS = [vector(3), SCALAR]


@pytest.mark.parametrize("primitive", ["reduce", "reduce_window"])
@pytest.mark.parametrize(
    ("inputs", "outputs", "params"),
    [
        (ROWS, [SCALAR], {}),
        (ROWS, [SCALAR], {"jaxpr": None}),
        (ROWS, [SCALAR], {"jaxpr": NEG}),
        (ROWS, [SCALAR], {"jaxpr": TWO}),
        (ROWS, [SCALAR], {"jaxpr": applied("add", [vector(3)] * 2, vector(3))}),
        (ROWS, [SCALAR], {"jaxpr": applied("lt", [SCALAR] * 2, TRUTH)}),
        ([], [], FOLD),
        ([vector(3)], [SCALAR], FOLD),
        ([vector(3), vector(3)], [SCALAR], FOLD),
        ([vector(3, "int32"), SCALAR], [SCALAR], FOLD),
        ([vector(3), WHOLE], [SCALAR], FOLD),
        (ROWS * 2, [SCALAR], FOLD),
        (ROWS, [SCALAR, SCALAR], FOLD),
    ],
)
def test_a_reduction_that_does_not_fit(
    primitive: str, inputs: list[ArrayType], outputs: list[ArrayType], params: Any
) -> None:
    checked(primitive, ROWS, [SCALAR], FOLD)
    with pytest.raises(Malformed):
        checked(primitive, inputs, outputs, params)


def test_a_reduction_survives_the_wire() -> None:
    values = np.array([1, 5, 30], np.float32)
    function = lambda x: lax.reduce(x, np.float32(2), lambda a, b: a * 2 + b, (0,))  # noqa: E731
    (found,) = Evaluator().prepare(decode(encode(traced(function, values))))([values])
    assert found == 60


def test_a_vectorised_while_is_let_through() -> None:
    """Its condition is one bool for each element of the batch."""
    values = np.array([1, 5, 30], np.float32)
    function = jax.vmap(lambda x: lax.while_loop(lambda c: c < 20, lambda c: c * 3, x))
    program = decode(encode(traced(function, values)))
    (found,) = Evaluator().prepare(program)([values])
    assert found.tolist() == [27, 45, 30]

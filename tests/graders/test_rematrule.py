"""What is computed again for a gradient must be computed again step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import pytest
from jax import lax

from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.normalize import normalize
from graders.rematrule import examine
from graders.rubric import Argument, Dimension, RematRule, Result, Rubric, Signature, Structure
from tests.graders.exercise import built, traces
from tests.graders.programs import SCALAR, applied

Function = Callable[..., Any]

STACK = Rubric(
    entry="slopes",
    dimensions=(Dimension("N", 1, 5), Dimension("D", 1, 3)),
    arguments=(
        Argument("weights", ("N", "D", "D"), "float32", -1, 1),
        Argument("x", ("D",), "float32", -2, 2),
    ),
    results=(Result(("N", "D", "D"), "float32"),),
    signature=Signature.flat(("weights", "x")),
    structure=Structure(None, ("N",), remat=RematRule(("dot_general", "tanh"))),
    batches=20,
)


def layer(h: Any, weight: Any) -> Any:
    return jnp.tanh(weight @ h), None


def slopes(body: Function, around: Function = lambda function: function) -> Function:
    """The gradient through a scan of a body, with something around the whole loop."""

    def function(weights: Any, x: Any) -> Any:
        return jax.grad(around(lambda ws: jnp.sum(lax.scan(body, x, ws)[0])))(weights)

    return function


REFERENCE = slopes(jax.checkpoint(layer))


def little(h: Any, weight: Any) -> Any:
    """The product is kept; what is computed again comes after it."""
    return jax.checkpoint(jnp.tanh)(weight @ h), None


def jitted(h: Any, weight: Any) -> Any:
    return jax.jit(jax.checkpoint(layer))(h, weight)


def inner(h: Any, weight: Any) -> Any:
    """Only the nested function is computed again, but all of the work is in it."""
    return jax.checkpoint(lambda h, weight: jnp.tanh(weight @ h))(h, weight), None


def both(weights: Any, x: Any) -> Any:
    """Each step is computed again, and the loop as a whole once more."""
    return slopes(jax.checkpoint(layer), jax.checkpoint)(weights, x)


@pytest.mark.parametrize(
    "function", [REFERENCE, slopes(jitted), slopes(inner), both, jax.jit(REFERENCE)]
)
def test_steps_that_are_computed_again_are_accepted(function: Function) -> None:
    assert not built(function, STACK, REFERENCE).findings


@pytest.mark.parametrize(
    ("function", "code", "message"),
    [
        (slopes(layer), "remat_absent", "jax.checkpoint has no part in the gradient"),
        (slopes(layer, jax.checkpoint), "remat_outside", "the whole loop is computed again"),
        (slopes(little), "remat_of_little", "what dot_general gives is kept"),
    ],
)
def test_steps_that_are_kept_are_found(function: Function, code: str, message: str) -> None:
    (finding,) = built(function, STACK, REFERENCE).findings
    assert (finding.code, bool(finding.hint)) == (code, True)
    assert message in finding.message


def test_a_finding_comes_with_what_is_computed_again() -> None:
    def places(function: Function) -> list[bool]:
        cases = [(normalize(t.program), ()) for t in traces(function, STACK)]
        found = examine(RematRule(("dot_general",)), cases, Evaluator())
        return [bool(equation and equation.recomputed) for _, equation in found]

    assert places(slopes(layer)) == [False]
    assert places(slopes(little)) == places(slopes(layer, jax.checkpoint)) == [True]


def test_every_missing_primitive_is_named_once_for_all_shapes() -> None:
    asked = replace(STACK, structure=Structure(remat=RematRule(("tanh", "sin", "dot_general"))))
    (finding,) = built(slopes(little), asked, REFERENCE).findings
    assert (
        finding.message
        == "jax.checkpoint is at work in the steps, but what sin, dot_general gives is kept"
    )


def test_a_program_without_loops_has_nothing_in_them() -> None:
    (equation,) = applied("tanh", [SCALAR], SCALAR).equations
    program = replace(
        applied("tanh", [SCALAR], SCALAR), equations=(replace(equation, recomputed=1),)
    )
    ((finding, found),) = examine(RematRule(("tanh",)), [(program, ())], Evaluator())
    assert finding.code == "remat_outside"
    assert found is not None

"""What is computed again for a gradient, step by step, and what only looks like it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import pytest
from jax import lax

from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.normalize import normalize
from graders.rubric import Argument, Dimension, RematRule, Result, Rubric, Signature, Structure
from graders.structure import Programs, check
from graders.verdict import CheckResult
from tests.graders.exercise import bank, traces

Function = Callable[..., Any]
Body = Callable[[Any, Any], tuple[Any, None]]

RUBRIC = Rubric(
    entry="slope",
    dimensions=(Dimension("N", 1, 4), Dimension("D", 2, 3)),
    arguments=(
        Argument("weights", ("N", "D", "D"), "float32", -0.5, 1),
        Argument("x", ("D",), "float32", -2, 2),
    ),
    results=(Result(("N", "D", "D"), "float32"),),
    signature=Signature.flat(("weights", "x")),
    structure=Structure(remat=RematRule(("dot_general",))),
    batches=40,
    minimum_move=0.01,
)


def layer(h: Any, w: Any) -> tuple[Any, None]:
    return jax.nn.relu(w @ h), None


def loss(body: Body, weights: Any, x: Any) -> Any:
    return jnp.sum(lax.scan(body, x, weights)[0])


def slope(body: Body) -> Function:
    return lambda weights, x: jax.grad(lambda w: loss(body, w, x))(weights)


def checked(function: Function) -> CheckResult:
    traced = {found.dimensions: found.program for found in traces(function, RUBRIC)}
    programs = Programs(traced, {shape: normalize(p) for shape, p in traced.items()})
    return check(RUBRIC, bank(reference, RUBRIC), programs, Evaluator(), [], correct=True)


reference = slope(jax.checkpoint(layer))
inner = jax.checkpoint(lambda w, h: jax.nn.relu(w @ h))
product = jax.checkpoint(jnp.matmul)
policies = jax.checkpoint_policies


def segments(weights: Any, x: Any) -> Any:
    body = jax.checkpoint(lambda h, ws: (lax.scan(layer, h, ws)[0], None))
    return slope(body)(weights[:, None], x).reshape(weights.shape)


HONEST = [reference, slope(lambda h, w: (inner(w, h), None)), segments]


@pytest.mark.parametrize("function", HONEST)
def test_steps_that_are_computed_again(function: Function) -> None:
    found = checked(function)
    assert not found.findings
    assert found.message == "built as asked"


def around_the_loop(weights: Any, x: Any) -> Any:
    return jax.grad(jax.checkpoint(lambda w: loss(layer, w, x)))(weights)


def times_nothing(weights: Any, x: Any) -> Any:
    return slope(layer)(weights, x) + 0.0 * reference(weights, x)


def saving(policy: Any) -> Function:
    return slope(jax.checkpoint(layer, policy=policy))


WRONG = [
    (slope(layer), "remat_absent", "jax.checkpoint has no part in the gradient"),
    (around_the_loop, "remat_outside", "the whole loop is computed again"),
    (saving(policies.dots_saveable), "remat_of_little", "what dot_general gives is kept"),
    (saving(policies.everything_saveable), "remat_of_little", "what dot_general gives is kept"),
    (slope(lambda h, w: (jax.nn.relu(product(w, h)), None)), "remat_of_little", "is kept"),
    (times_nothing, "beside_remat", "the result is computed beside it"),
]


@pytest.mark.parametrize(("function", "code", "message"), WRONG)
def test_steps_that_are_not(function: Function, code: str, message: str) -> None:
    (finding,) = checked(function).findings
    assert finding.code == code
    assert message in finding.message
    assert finding.hint

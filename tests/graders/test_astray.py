"""A loop that carries two values, of which a submission's scan carries one."""

from __future__ import annotations

from typing import Any

import jax.numpy as jnp
from jax import lax

from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.normalize import normalize
from graders.structure import Programs, check
from graders.verdict import Status
from tests.graders.exercise import RUBRIC, bank, gradient, traces


def averaging(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    """The weight is carried, and a running average of it beside it."""

    def body(carry: Any, row: Any) -> Any:
        w, average = carry
        w = w - lr * gradient(w, *row)
        return (w, (average + w) / 2), None

    return sum(lax.scan(body, (w, w), (xs, ys))[0])


def averaged_later(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    def body(w: Any, row: Any) -> Any:
        w = w - lr * gradient(w, *row)
        return w, w

    last, weights = lax.scan(body, w, (xs, ys))
    halves = 0.5 ** jnp.arange(len(xs), 0, -1)
    return last + 0.5 ** len(xs) * w + jnp.sum(halves * weights)


def test_a_carry_that_lacks_a_value_is_told_from_one_that_has_none() -> None:
    traced = {found.dimensions: found.program for found in traces(averaged_later)}
    programs = Programs(traced, {shape: normalize(p) for shape, p in traced.items()})
    found = check(RUBRIC, bank(averaging), programs, Evaluator(), [], correct=True)
    assert found.status is Status.FAILED
    assert [finding.code for finding in found.findings] == ["carry_incomplete"]
    assert "a part of the work is done elsewhere" in found.message

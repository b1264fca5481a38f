"""What a scan carries where its outputs count, and what it scans where nothing is carried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from graders.rubric import Result, ScanRule, Structure
from graders.verdict import Status
from tests.graders.exercise import (
    RUBRIC,
    bank,
    gradient,
)
from tests.graders.test_structure import checked, no_loop, scan, step

Function = Callable[..., Any]


OUTPUTS = replace(
    RUBRIC,
    results=(Result(("N+1",), "float32"),),
    structure=Structure(
        ScanRule("N", ("w",), ("x_batches", "y_batches"), outputs=True), constant_size=("N",)
    ),
)


def put_out(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    def body(w: Any, r: Any) -> Any:
        return step(w, lr, *r), jnp.vdot(w * r[0] - r[1], w * r[0] - r[1])

    final, losses = scan(body, w, (xs, ys))
    return jnp.append(final, losses)


def kept_in_the_carry(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    """The losses are kept in a buffer; what the steps put out is the weight."""

    def body(c: Any, r: Any) -> Any:
        loss = jnp.vdot(c[0] * r[0] - r[1], c[0] * r[0] - r[1])
        w = step(c[0], lr, *r)
        return (w, jnp.append(c[1][1:], loss)), w

    (_, losses), weights = scan(body, (w, jnp.zeros(len(xs))), (xs, ys))
    return jnp.append(weights[-1], losses)


def test_outputs_are_not_kept_in_the_carry() -> None:
    drawn = bank(put_out, OUTPUTS)
    assert checked(put_out, rubric=OUTPUTS, drawn=drawn).status is Status.PASSED
    result = checked(kept_in_the_carry, rubric=OUTPUTS, drawn=drawn)
    assert [finding.code for finding in result.findings] == ["carry_grows"]


FROM_CONSTANTS = replace(
    RUBRIC,
    structure=Structure(ScanRule("N", (), ("x_batches", "y_batches")), constant_size=("N",)),
)


def accumulated(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    return scan(lambda c, r: (c + lr * gradient(w, *r), None), 0.0, (xs, ys))[0]


def computed_before(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    terms = lr * jax.vmap(gradient, (None, 0, 0))(w, xs, ys)
    return scan(lambda c, term: (c + term, None), 0.0, terms)[0]


def test_where_nothing_is_carried_the_xs_come_from_the_batches_alone() -> None:
    drawn = bank(accumulated, FROM_CONSTANTS)
    assert checked(accumulated, rubric=FROM_CONSTANTS, drawn=drawn).status is Status.PASSED
    result = checked(computed_before, rubric=FROM_CONSTANTS, drawn=drawn)
    assert {finding.code for finding in result.findings} == {"xs_from_carry"}


def test_the_leading_axis_is_named() -> None:
    (finding,) = checked(no_loop).findings
    assert finding.hint.endswith("(x_batches, y_batches)), with N as the leading axis.")
    unscanned = Structure(ScanRule("N", ("w",), ()))
    (finding,) = checked(no_loop, rubric=replace(RUBRIC, structure=unscanned)).findings
    assert finding.hint.endswith("lax.scan(body, w, None, length=N).")


def accelerated(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    def body(c: Any, r: Any) -> Any:
        velocity = 0.5 * c[1] + gradient(c[0], *r)
        return (c[0] - lr * velocity, velocity), None

    return scan(body, (w, 0.0), (xs, ys))[0][0]


def accelerated_by_the_weight_before(w: Any, lr: Any, xs: Any, ys: Any) -> Any:
    def body(c: Any, r: Any) -> Any:
        return (c[0] - lr * gradient(c[0], *r) + 0.5 * (c[0] - c[1]), c[0]), None

    return scan(body, (w, w), (xs, ys))[0][0]


def test_a_zero_of_the_reference_is_not_taken_for_a_weight_of_zero() -> None:
    drawn = bank(accelerated)
    last = {batch.dimensions: n for n, batch in enumerate(drawn.batches)}
    zeroed = [
        batch
        if n == last[batch.dimensions]
        else replace(batch, arguments=(np.zeros((), np.float32), *batch.arguments[1:]))
        for n, batch in enumerate(drawn.batches)
    ]
    drawn = replace(drawn, batches=tuple(zeroed))
    assert checked(accelerated_by_the_weight_before, drawn=drawn).status is Status.PASSED

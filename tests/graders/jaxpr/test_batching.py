"""A batched program gives what the program gives batch by batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from graders.jaxpr.batching import NotBatchable, batch
from graders.jaxpr.interpret import Evaluator
from graders.jaxpr.model import Program
from graders.jaxpr.normalize import normalize
from harness.sandbox.child.dialect import Translator, known_primitives
from tests.graders.programs import SCALAR, applied, vector

SIZE, ROWS, COLUMNS = 5, 4, 3
TABLE = np.arange(12, dtype=np.float32).reshape(ROWS, COLUMNS)


def program_of(function: Callable[..., Any]) -> Program:
    number = jax.ShapeDtypeStruct((), "float32")
    table = jax.ShapeDtypeStruct((ROWS, COLUMNS), "float32")
    traced = jax.jit(function).trace(number, table)
    return normalize(Translator(known_primitives(), "").program(traced.jaxpr))


def descend(w: Any, x: Any) -> Any:
    def body(w: Any, row: Any) -> tuple[Any, Any]:
        return w - 0.1 * jax.grad(lambda w: jnp.sum((w * row - 1) ** 2))(w), w * row

    return lax.scan(body, w, x)


BATCHABLE: dict[str, Callable[[Any, Any], Any]] = {
    "scalar with table": lambda w, x: w * x + 1,
    "literal only": lambda w, x: (w, jnp.ones((2, 2))),
    "constant table": lambda w, x: x + TABLE,
    "select": lambda w, x: jnp.where(w > 0, x, -x),
    "select by table": lambda w, x: jnp.where(x > 0, w, x),
    "clip": lambda w, x: jnp.clip(x, -w, 1.0),
    "reductions": lambda w, x: (jnp.sum(x, 0), jnp.max(x), jnp.prod(x, 1), jnp.argmax(x, 1)),
    "cumulative": lambda w, x: (jnp.cumsum(x, 0), lax.cummax(x, 1, reverse=True)),
    "shapes": lambda w, x: (x.T, x.reshape(-1), x[None, :, :, None], jnp.squeeze(x[:1])),
    "broadcast": lambda w, x: jnp.broadcast_to(x[0], (2, ROWS, COLUMNS)) + w,
    "slices": lambda w, x: (x[1:3], x[::2, 1], x[::-1]),
    "joined": lambda w, x: (jnp.concatenate([x, x * w], 1), jnp.stack([x[0], x[1]])),
    "split": lambda w, x: jnp.split(x, 3, axis=1),
    "padded": lambda w, x: lax.pad(x, 0.0, ((1, 0, 1), (0, 2, 0))),
    "matrix product": lambda w, x: (x @ x.T, x @ TABLE[0], TABLE.T @ x),
    "batched product": lambda w, x: jnp.einsum("ij,ij->i", x, x),
    "reduced": lambda w, x: lax.reduce(x * w, np.float32(1), lambda a, b: a * b + 1, (1,)),
    "reduced in two": lambda w, x: lax.reduce(
        (x, x * w),
        (np.float32(0), np.float32(1)),
        lambda a, b: (a[0] + b[0], jnp.maximum(a[1], b[1])),
        (0, 1),
    ),
    "scan": descend,
    "reverse scan over a constant": lambda w, x: lax.scan(
        lambda c, row: (c * 0.5 + row.sum(), c), w, TABLE, reverse=True
    ),
    "scan with a constant start": lambda w, x: lax.scan(lambda c, r: (c + r, None), TABLE[0], x)[0],
    "scan with captured values": lambda w, x: lax.scan(lambda c, r: (c + w * r[0], w), 0.0, x),
}

NOT_BATCHABLE: dict[str, Callable[[Any, Any], Any]] = {
    "while": lambda w, x: lax.while_loop(lambda w: w < 10, lambda w: w + 1, w),
    "cond": lambda w, x: lax.cond(w > 0, lambda x: x, lambda x: -x, x),
    "dynamic index": lambda w, x: x[w.astype(int)],
    "varying padding": lambda w, x: lax.pad(x, w, ((1, 1, 0), (0, 0, 0))),
    "varying start": lambda w, x: lax.reduce(x, w, lambda a, b: a * b + 1, (1,)),
    "column-major reshape": lambda w, x: lax.reshape(x, (12,), dimensions=(1, 0)),
}


@pytest.mark.parametrize("name", BATCHABLE)
def test_batched_is_one_by_one(name: str) -> None:
    program = program_of(BATCHABLE[name])
    draw = np.random.default_rng(7)
    numbers = draw.normal(size=SIZE).astype(np.float32)
    tables = draw.normal(size=(SIZE, ROWS, COLUMNS)).astype(np.float32)
    run = Evaluator().prepare(program)
    single = [run([w, x]) for w, x in zip(numbers, tables, strict=True)]
    together = Evaluator().prepare(batch(program, SIZE))([numbers, tables])
    for position, found in enumerate(together):
        wanted = np.stack([values[position] for values in single])
        assert found.shape == wanted.shape
        np.testing.assert_allclose(found, wanted, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("name", NOT_BATCHABLE)
def test_what_cannot_be_batched_says_so(name: str) -> None:
    with pytest.raises(NotBatchable):
        batch(program_of(NOT_BATCHABLE[name]), SIZE)


def test_a_program_that_lacks_a_parameter_cannot_be_batched() -> None:
    with pytest.raises(NotBatchable, match="not what it should be"):
        batch(applied("reduce_sum", [vector(2)], SCALAR), 3)

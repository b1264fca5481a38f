"""Random programs: a chain of operations on two vectors and a scalar, with nested control flow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from hypothesis import strategies as st
from jax import lax

from graders.jaxpr.model import Array, Program
from tests.graders.programs import SCALAR, WHOLE, Builder, number, scan_params, traced, vector

SIZE = 3
State = tuple[Any, Any, Any]
Move = Callable[[State], State]
ARGUMENTS = (np.zeros(SIZE, np.float32), np.zeros(SIZE, np.float32), np.float32(0))


def _simple(kind: int) -> Move:
    moves: list[Move] = [
        lambda s: (s[0] + s[1], s[1], s[2]),
        lambda s: (s[1], s[0] * s[2], s[2]),
        lambda s: (s[0], s[1], jnp.sum(s[0]) * 0.25),
        lambda s: (jnp.flip(s[0]), s[1].at[0].set(s[2]), s[2]),
        lambda s: (jnp.where(s[1] > 0, s[0], -s[1]), s[1], s[2] - 1),
        lambda s: (s[0], jnp.arange(3.0), s[2]),
        lambda s: (jnp.tanh(s[0]), s[1], jnp.float32(2)),
    ]
    return moves[kind % len(moves)]


def _chain(moves: list[Move]) -> Move:
    def run(state: State) -> State:
        for move in moves:
            state = move(state)
        return state

    return run


def _scan(move: Move) -> Move:
    def run(state: State) -> State:
        first, second, last = state

        def step(carry: Any, row: Any) -> Any:
            a, b, c = move((carry[0], second, row))
            return (a, c, carry[2] + 1), (jnp.sum(b), c)

        (a, b, _), (ys, _) = lax.scan(step, (first, last, 0), second)
        return a, ys, b

    return run


def _loop(move: Move) -> Move:
    def run(state: State) -> State:
        first, second, last = state

        def step(carry: Any) -> Any:
            a, b, _ = move((carry[1], second, last))
            return carry[0] + 1, a, carry[2] + b

        _, a, b = lax.while_loop(lambda c: c[0] < 2, step, (0, first, second))
        return a, b, last

    return run


def _branch(move: Move) -> Move:
    return lambda state: lax.cond(state[2] > 0, move, lambda s: (s[0], s[0], s[2]), state)


def _call(move: Move) -> Move:
    jitted: Move = jax.jit(move)
    return jitted


def _decided(move: Move) -> Move:
    """A branch on a number that is only known once the calls around it are written out."""
    return lambda state: jax.jit(lambda i, s: lax.switch(i, [move, lambda s: s], s))(0, state)


def _twice(move: Move) -> Move:
    return _chain([move, move])


MOVES: st.SearchStrategy[Move] = st.recursive(
    st.integers(0, 6).map(_simple),
    lambda inner: st.builds(
        lambda wrap, moves: wrap(_chain(moves)),
        st.sampled_from([_scan, _loop, _branch, _call, _decided, _twice]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """A program of two vectors and a scalar, traced by JAX, that gives some of its values."""
    move = draw(MOVES)
    chosen = draw(st.lists(st.integers(0, 2), min_size=1, max_size=3))

    def function(*values: Any) -> Any:
        state = move((values[0], values[1], values[2]))
        return [state[index] for index in chosen]

    return traced(function, *ARGUMENTS)


_QUARTERS = st.integers(-8, 8).map(lambda quarters: quarters / 4)


def arguments() -> st.SearchStrategy[tuple[Array, ...]]:
    column = st.lists(_QUARTERS, min_size=SIZE, max_size=SIZE).map(
        lambda values: np.array(values, np.float32)
    )
    return st.tuples(column, column, _QUARTERS.map(lambda value: np.asarray(value, np.float32)))


@st.composite
def written(draw: st.DrawFn) -> Program:
    """A program written down by hand: operations on any values bound before, some of them nested.

    Its arguments are those of `arguments`.
    """
    return _written(draw, Builder(vector(SIZE), vector(SIZE), SCALAR), draw(st.integers(0, 2)))


def _written(draw: st.DrawFn, builder: Builder, depth: int) -> Program:
    vectors: list[Any] = [v for v in builder.inputs if v.type.shape]
    scalars: list[Any] = [v for v in builder.inputs if not v.type.shape] + [number(0.5)]
    vectors.append(builder.constant([1, -1, 2]))
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["add", "sum", "fold", *(["scan", "call"] if depth else [])]))
        a, b = draw(st.sampled_from(vectors)), draw(st.sampled_from(vectors))
        c = draw(st.sampled_from(scalars))
        if kind == "add":
            vectors.append(builder.one("sub", a.type, a, draw(st.sampled_from([b, c]))))
        elif kind == "sum":
            scalars.append(builder.one("reduce_sum", SCALAR, a, axes=(0,), out_sharding=None))
        elif kind == "fold":
            index = builder.one("add", WHOLE, number(1, "int32"), number(-1, "int32"))
            inner = _written(draw, Builder(vector(SIZE), vector(SIZE), SCALAR), 0)
            pair = builder.many("cond", [vector(SIZE), SCALAR], index, a, b, c, branches=(inner,))
            vectors.append(pair[0])
        else:
            inner = _written(draw, Builder(vector(SIZE), vector(SIZE), SCALAR), depth - 1)
            vectors.append(_nested(builder, kind, inner, a, b, c))
    return builder.gives(draw(st.sampled_from(vectors)), draw(st.sampled_from(scalars)))


def _nested(builder: Builder, kind: str, inner: Program, a: Any, b: Any, c: Any) -> Any:
    if kind == "call":
        return builder.many("call", [vector(SIZE), SCALAR], a, b, c, jaxpr=inner, kind="jit")[0]
    body = Builder(vector(SIZE), vector(SIZE), SCALAR, SCALAR)
    const, carry, held, row = body.inputs
    first, last = body.many("call", [vector(SIZE), SCALAR], const, carry, row, jaxpr=inner)
    program = body.gives(first, held, last)
    types = [vector(SIZE), SCALAR, vector(SIZE)]
    return builder.many("scan", types, a, b, c, a, **scan_params(program, 1, 2, SIZE))[2]

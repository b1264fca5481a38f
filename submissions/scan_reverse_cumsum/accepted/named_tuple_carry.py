"""The carry is a named tuple of the total and a counter that runs down."""

from typing import NamedTuple

import jax
import jax.numpy as jnp


class State(NamedTuple):
    total: jax.Array
    left: jax.Array


def reverse_cumsum(x):
    def body(state, value):
        state = State(state.total + value, state.left - 1)
        return state, state.total

    start = State(jnp.zeros((), x.dtype), jnp.asarray(x.shape[0]))
    return jax.lax.scan(body, start, x, reverse=True)[1]

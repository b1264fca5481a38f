"""The carry is a named tuple of the total and a counter."""

from typing import NamedTuple

import jax
import jax.numpy as jnp


class State(NamedTuple):
    total: jax.Array
    count: jax.Array


def cumulative_sum(x):
    def body(state, value):
        state = State(state.total + value, state.count + 1)
        return state, state

    _, states = jax.lax.scan(body, State(jnp.float32(0), jnp.int32(0)), x)
    return states.total

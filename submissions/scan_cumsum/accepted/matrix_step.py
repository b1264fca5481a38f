"""One step is a product with a 2-by-2 matrix, on the state (total, 1)."""

import jax
import jax.numpy as jnp


def cumulative_sum(x):
    def body(state, value):
        step = jnp.array([[1.0, 0.0], [0.0, 1.0]]).at[0, 1].set(value)
        state = step @ state
        return state, state[0]

    return jax.lax.scan(body, jnp.array([0.0, 1.0]), x)[1]

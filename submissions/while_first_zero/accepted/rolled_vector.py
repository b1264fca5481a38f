"""The vector is rolled by one at every step, and its first element is looked at."""

import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    most = jnp.minimum(max_iters, len(x))

    def looking(state):
        i, row = state
        return (i < most) & (row[0] != 0)

    def step(state):
        i, row = state
        return i + 1, jnp.roll(row, -1)

    return jax.lax.while_loop(looking, step, (0, x))[0]

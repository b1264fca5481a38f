"""A while_loop that writes the sums into a buffer."""

import jax
import jax.numpy as jnp


def cumulative_sum(x):
    def body(state):
        i, total, sums = state
        total = total + x[i]
        return i + 1, total, sums.at[i].set(total)

    start = 0, jnp.float32(0), jnp.zeros_like(x)
    return jax.lax.while_loop(lambda s: s[0] < x.shape[0], body, start)[2]

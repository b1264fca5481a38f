"""A while_loop that writes the sums into a buffer, from the end."""

import jax
import jax.numpy as jnp


def reverse_cumsum(x):
    def body(state):
        i, total, sums = state
        total = total + x[i]
        return i - 1, total, sums.at[i].set(total)

    start = x.size - 1, jnp.float32(0), jnp.zeros_like(x)
    return jax.lax.while_loop(lambda s: s[0] >= 0, body, start)[2]

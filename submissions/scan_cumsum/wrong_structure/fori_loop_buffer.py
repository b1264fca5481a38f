"""A fori_loop that writes the sums into a buffer."""

import jax
import jax.numpy as jnp


def cumulative_sum(x):
    def body(i, sums):
        return sums.at[i].set(sums[i - 1] + x[i])

    return jax.lax.fori_loop(1, x.shape[0], body, jnp.zeros_like(x).at[0].set(x[0]))

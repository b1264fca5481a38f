"""A fori_loop that counts the positions down and writes into a buffer."""

import jax
import jax.numpy as jnp


def reverse_cumsum(x):
    n = x.shape[0]

    def body(step, carry):
        total, sums = carry
        i = n - 1 - step
        total = total + x[i]
        return total, sums.at[i].set(total)

    return jax.lax.fori_loop(0, n, body, (0.0, jnp.zeros_like(x)))[1]

"""A fori_loop over the positions that writes the means into a buffer."""

import jax
import jax.numpy as jnp


def running_mean(x):
    def body(i, carry):
        total, means = carry
        total = total + x[i]
        return total, means.at[i].set(total / (i + 1))

    return jax.lax.fori_loop(0, x.size, body, (0.0, jnp.zeros_like(x)))[1]

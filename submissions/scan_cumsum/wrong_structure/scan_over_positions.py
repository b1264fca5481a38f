"""The positions are scanned, and the body looks x up: x is not what is scanned."""

import jax
import jax.numpy as jnp


def cumulative_sum(x):
    def body(total, i):
        total = total + x[i]
        return total, total

    return jax.lax.scan(body, 0.0, jnp.arange(x.shape[0]))[1]

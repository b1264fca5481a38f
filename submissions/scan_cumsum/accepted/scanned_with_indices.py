"""The positions are scanned beside the elements; the body does not need them for the sum."""

import jax
import jax.numpy as jnp


def cumulative_sum(x):
    def body(total, row):
        index, value = row
        total = jnp.where(index == 0, value, total + value)
        return total, total

    return jax.lax.scan(body, 0.0, (jnp.arange(x.shape[0]), x))[1]

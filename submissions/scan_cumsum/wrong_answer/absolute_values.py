"""The absolute values of the elements are added."""

import jax
import jax.numpy as jnp


def cumulative_sum(x):
    def body(total, value):
        total = total + jnp.abs(value)
        return total, total

    return jax.lax.scan(body, 0.0, x)[1]

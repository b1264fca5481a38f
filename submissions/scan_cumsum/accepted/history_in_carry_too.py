"""A buffer of the sums is carried beside the total, but the result is what the steps put out."""

import jax
import jax.numpy as jnp


def cumulative_sum(x):
    def body(carry, value):
        total, i, buffer = carry
        total = total + value
        return (total, i + 1, buffer.at[i].set(total)), total

    return jax.lax.scan(body, (0.0, 0, jnp.zeros_like(x)), x)[1]

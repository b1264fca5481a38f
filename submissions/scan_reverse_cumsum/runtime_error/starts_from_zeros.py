"""The carry starts as a vector of N zeros, and the body returns one number."""

import jax
import jax.numpy as jnp


def reverse_cumsum(x):
    def body(sums, value):
        total = jnp.sum(sums) + value
        return total, total

    return jax.lax.scan(body, jnp.zeros_like(x), x, reverse=True)[1]

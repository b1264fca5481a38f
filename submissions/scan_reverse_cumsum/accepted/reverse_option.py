"""The plainest form: the total is carried and put out, from the last element to the first."""

import jax
import jax.numpy as jnp


def reverse_cumsum(x):
    def body(total, value):
        total = total + value
        return total, total

    _, sums = jax.lax.scan(body, jnp.float32(0), x, reverse=True)
    return sums

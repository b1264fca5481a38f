"""There are N+1 sums, a 0 for no elements before the N that are asked for."""

import jax
import jax.numpy as jnp


def cumulative_sum(x):
    def body(total, value):
        total = total + value
        return total, total

    sums = jax.lax.scan(body, 0.0, x)[1]
    return jnp.concatenate([jnp.zeros(1), sums])

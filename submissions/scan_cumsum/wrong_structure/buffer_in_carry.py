"""The sums are written into a carried buffer instead of being put out by the steps."""

import jax
import jax.numpy as jnp


def cumulative_sum(x):
    def body(carry, value):
        i, total, sums = carry
        total = total + value
        return (i + 1, total, sums.at[i].set(total)), None

    (_, _, sums), _ = jax.lax.scan(body, (0, 0.0, jnp.zeros_like(x)), x)
    return sums

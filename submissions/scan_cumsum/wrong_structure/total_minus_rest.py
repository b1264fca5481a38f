"""A reverse scan takes the elements off the total of all, which is summed before it."""

import jax
import jax.numpy as jnp


def cumulative_sum(x):
    def body(total, value):
        return total - value, total

    return jax.lax.scan(body, jnp.sum(x), x, reverse=True)[1]

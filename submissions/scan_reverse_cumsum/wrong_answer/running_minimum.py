"""The smallest element from each place on is put out, as in the example, instead of the sum."""

import jax
import jax.numpy as jnp


def reverse_cumsum(x):
    def body(total, value):
        smallest = jnp.minimum(total, value)
        return smallest, smallest

    return jax.lax.scan(body, jnp.inf, x, reverse=True)[1]

"""A forward scan over the flipped vector, flipped back: the right sums without reverse=True."""

import jax
import jax.numpy as jnp


def reverse_cumsum(x):
    def body(total, value):
        total = total + value
        return total, total

    return jnp.flip(jax.lax.scan(body, 0.0, jnp.flip(x))[1])

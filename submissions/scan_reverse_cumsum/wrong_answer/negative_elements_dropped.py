"""Only elements above zero are added."""

import jax
import jax.numpy as jnp


def reverse_cumsum(x):
    def body(total, value):
        total = total + jnp.maximum(value, 0)
        return total, total

    return jax.lax.scan(body, 0.0, x, reverse=True)[1]

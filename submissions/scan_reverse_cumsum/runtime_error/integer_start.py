"""The total starts as an int32 and becomes a float32."""

import jax
import jax.numpy as jnp


def reverse_cumsum(x):
    def body(total, value):
        total = total + value
        return total, total

    return jax.lax.scan(body, jnp.int32(0), x, reverse=True)[1]

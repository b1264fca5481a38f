"""The total starts as an int32 and becomes a float32."""

import jax
import jax.numpy as jnp


def cumulative_sum(x):
    def body(total, value):
        total = total + value
        return total, total

    return jax.lax.scan(body, jnp.zeros((), int), x)[1]

"""The flipped vector is scanned from its end, and the sums are flipped back."""

import jax
import jax.numpy as jnp


def cumulative_sum(x):
    def body(total, value):
        return total + value, total + value

    _, sums = jax.lax.scan(body, jnp.float32(0), jnp.flip(x), reverse=True)
    return jnp.flip(sums)

"""The loop counts to n and hands x through; the product is taken after it."""

import jax
import jax.numpy as jnp


def fori_power(x, n):
    def body(state):
        i, y = state
        return i + 1, jnp.where(i < 0, -y, y)

    count, y = jax.lax.while_loop(lambda s: s[0] < n, body, (0, x))
    return jnp.prod(jnp.where(jnp.arange(12) < count, y, 1.0))

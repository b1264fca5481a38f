"""The counter of the loop is returned instead of the power."""

import jax
import jax.numpy as jnp


def fori_power(x, n):
    state = (0, jnp.ones_like(x))
    count, _ = jax.lax.while_loop(lambda s: s[0] < n, lambda s: (s[0] + 1, s[1] * x), state)
    return count.astype(jnp.float32)

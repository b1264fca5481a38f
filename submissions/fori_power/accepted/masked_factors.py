"""A while loop that multiplies by the factor of this step, chosen by jnp.where."""

import jax
import jax.numpy as jnp


def fori_power(x, n):
    def body(state):
        i, p = state
        return i + 1, p * jnp.where(i < n, x, 1.0)

    return jax.lax.while_loop(lambda s: s[0] <= n, body, (0, 1.0))[1]

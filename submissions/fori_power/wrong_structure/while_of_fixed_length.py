"""A while loop that takes twelve steps whatever n is, and multiplies by 1 after the first n."""

import jax
import jax.numpy as jnp


def fori_power(x, n):
    def body(state):
        i, power = state
        return i + 1, power * jnp.where(i < n, x, 1.0)

    return jax.lax.while_loop(lambda s: s[0] < 12, body, (0, 1.0))[1]

"""The reverse scan is multiplied by zero; a forward scan gives the sums."""

import jax
import jax.numpy as jnp


def reverse_cumsum(x):
    def body(total, value):
        return total + value, total + value

    ignored = jax.lax.scan(body, 0.0, x, reverse=True)[1]
    return jnp.flip(jax.lax.scan(body, 0.0, jnp.flip(x))[1]) + 0.0 * ignored

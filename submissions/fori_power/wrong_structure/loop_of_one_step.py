"""A while loop takes one useless step, in which the whole power is computed."""

import jax
import jax.numpy as jnp


def fori_power(x, n):
    def body(state):
        return True, jnp.prod(jnp.where(jnp.arange(12) < n, x, 1.0))

    return jax.lax.while_loop(lambda s: ~s[0], body, (False, 0.0))[1]

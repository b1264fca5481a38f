"""The power of |x| by a loop, with the sign flipped in the same loop."""

import jax
import jax.numpy as jnp


def fori_power(x, n):
    size, flip = jnp.abs(x), jnp.where(x < 0, -1.0, 1.0)

    def body(_, state):
        p, s = state
        return p * size, s * flip

    p, s = jax.lax.fori_loop(0, n, body, (1.0, 1.0))
    return p * s

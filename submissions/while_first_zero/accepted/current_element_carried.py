"""The element of the next step is fetched in advance and carried."""

import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    def cond(state):
        i, value = state
        return (i < max_iters) & (i < len(x)) & (value != 0)

    def body(state):
        i, _ = state
        return i + 1, x[jnp.minimum(i + 1, len(x) - 1)]

    i, _ = jax.lax.while_loop(cond, body, (jnp.array(0), x[0]))
    return i

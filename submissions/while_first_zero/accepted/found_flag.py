"""A flag says that the zero was found; the index stays on it."""

import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    most = jnp.minimum(max_iters, len(x))

    def cond(state):
        i, found = state
        return (i < most) & ~found

    def body(state):
        i, _ = state
        found = x[i] == 0
        return jnp.where(found, i, i + 1), found

    i, _ = jax.lax.while_loop(cond, body, (jnp.int32(0), jnp.bool_(False)))
    return i

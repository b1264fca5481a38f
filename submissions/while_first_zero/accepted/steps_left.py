"""The steps that are left are counted down beside the index."""

import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    def looking(state):
        i, left = state
        return (left > 0) & (x[i] != 0)

    def step(state):
        i, left = state
        return i + 1, left - 1

    start = (jnp.int32(0), jnp.minimum(max_iters, x.shape[0]))
    return jax.lax.while_loop(looking, step, start)[0]

"""The flag starts as an integer and becomes a boolean."""

import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    def step(state):
        i, found = state
        return i + 1, x[i] == 0

    start = (jnp.int32(0), jnp.int32(0))
    return jax.lax.while_loop(lambda s: (s[0] < max_iters) & (s[1] == 0), step, start)[0]

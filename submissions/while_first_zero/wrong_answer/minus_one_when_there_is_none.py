"""-1 is returned when no zero was found, instead of how many elements were looked at."""

import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    most = jnp.minimum(max_iters, len(x))

    def body(state):
        i, _ = state
        return i + 1, jnp.where(x[i] == 0, i, -1)

    return jax.lax.while_loop(lambda s: (s[0] < most) & (s[1] < 0), body, (jnp.int32(0), -1))[1]

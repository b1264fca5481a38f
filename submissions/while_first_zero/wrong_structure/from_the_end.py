"""The loop runs backwards over all that may be looked at, and the last hit is the first zero."""

import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    most = jnp.minimum(max_iters, len(x))

    def body(state):
        i, answer = state
        return i - 1, jnp.where(x[i - 1] == 0, i - 1, answer)

    return jax.lax.while_loop(lambda s: s[0] > 0, body, (most, most))[1]

"""The whole state is returned, the flag beside the index."""

import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    most = jnp.minimum(max_iters, len(x))

    def body(state):
        i, _ = state
        return jnp.where(x[i] == 0, i, i + 1), x[i] == 0

    return jax.lax.while_loop(lambda s: (s[0] < most) & ~s[1], body, (jnp.int32(0), False))

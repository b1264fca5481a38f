"""The last zero is found instead of the first: later hits overwrite earlier ones."""

import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    most = jnp.minimum(max_iters, len(x))

    def body(state):
        i, answer = state
        return i + 1, jnp.where(x[i] == 0, i, answer)

    return jax.lax.while_loop(lambda s: s[0] < most, body, (jnp.int32(0), most))[1]

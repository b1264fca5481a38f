"""The answer is carried beside the index and starts as the limit."""

import jax
import jax.numpy as jnp
from jax import lax


def first_zero(x: jax.Array, max_iters: jax.Array) -> jax.Array:
    limit = jnp.minimum(max_iters, jnp.int32(x.shape[0]))

    def body(state):
        i, answer = state
        return i + 1, lax.select(x[i] == 0, i, answer)

    def cond(state):
        i, answer = state
        return (i < limit) & (answer == limit)

    return lax.while_loop(cond, body, (jnp.int32(0), limit))[1]

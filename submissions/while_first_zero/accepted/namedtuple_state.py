"""A named tuple carries the vector, the limit, the index and whether to go on."""

from typing import NamedTuple

import jax
import jax.numpy as jnp


class Search(NamedTuple):
    x: jax.Array
    limit: jax.Array
    index: jax.Array
    done: jax.Array


def first_zero(x, max_iters):
    def step(s):
        hit = s.x[s.index] == 0
        index = jax.lax.cond(hit, lambda i: i, lambda i: i + 1, s.index)
        return s._replace(index=index, done=hit | (index >= s.limit))

    limit = jnp.minimum(max_iters, x.shape[0])
    start = Search(x, limit, jnp.int32(0), limit <= 0)
    return jax.lax.while_loop(lambda s: ~s.done, step, start).index

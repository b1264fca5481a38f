"""Each sum by itself, with lax.map over the positions: N * N additions, one row after the other."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    positions = jnp.arange(x.size)
    return jax.lax.map(lambda i: jnp.sum(x * (positions <= i)), positions)

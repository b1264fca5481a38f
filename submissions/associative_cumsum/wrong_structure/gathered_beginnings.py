"""All beginnings of x in one table of N * N elements, added up in rounds along its rows."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    positions = jnp.arange(x.size)
    table = jnp.where(positions[:, None] >= positions, x, 0.0)
    return jax.lax.associative_scan(jnp.add, table, axis=1)[:, -1]

"""Each sum by itself, over a table of N * N elements with a mask."""

import jax.numpy as jnp


def parallel_cumsum(x):
    positions = jnp.arange(x.size)
    return jnp.where(positions[:, None] >= positions, x, 0.0).sum(axis=1)

"""Only one round is made: each element is added to its neighbour, and nothing further away."""

import jax.numpy as jnp


def parallel_cumsum(x):
    return x + jnp.pad(x[:-1], (1, 0))

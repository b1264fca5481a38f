"""jnp.sum is passed, which adds up one array instead of adding two."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    return jax.lax.associative_scan(jnp.sum, x)

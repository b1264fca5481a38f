"""The elements are combined with maximum instead of addition."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    return jax.lax.associative_scan(jnp.maximum, x)

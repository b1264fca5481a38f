"""The scan runs along axis 1, which a vector does not have."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    return jax.lax.associative_scan(jnp.add, x, axis=1)

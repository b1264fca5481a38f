"""Only the sum of all elements is returned, a scalar."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    return jax.lax.associative_scan(jnp.add, x)[-1]

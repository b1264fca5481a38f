"""jnp.associative_scan does not exist; it lives in jax.lax."""

import jax.numpy as jnp


def parallel_cumsum(x):
    return jnp.associative_scan(jnp.add, x)

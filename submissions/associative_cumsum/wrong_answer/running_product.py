"""The elements are multiplied instead of added."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    return jax.lax.associative_scan(jnp.multiply, x)

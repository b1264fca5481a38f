"""The sums are summed again: associative_scan is called on its own result."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    return jax.lax.associative_scan(jnp.add, jax.lax.associative_scan(jnp.add, x))

"""The addition is called instead of passed."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    return jax.lax.associative_scan(jnp.add(x, x), x)

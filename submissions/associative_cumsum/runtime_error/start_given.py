"""A starting value is passed, as lax.scan takes it."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    return jax.lax.associative_scan(jnp.add, 0.0, x)

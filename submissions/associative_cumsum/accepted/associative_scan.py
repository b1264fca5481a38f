"""The plainest form: lax.associative_scan with jnp.add."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    return jax.lax.associative_scan(jnp.add, x)

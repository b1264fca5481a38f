"""The sums are divided by the number of elements: these are means."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    return jax.lax.associative_scan(jnp.add, x) / jnp.arange(1, x.shape[0] + 1)

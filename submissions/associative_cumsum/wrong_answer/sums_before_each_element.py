"""The sums leave out their own element: they are shifted by one, with 0 in front."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    sums = jax.lax.associative_scan(jnp.add, x)
    return jnp.concatenate([jnp.zeros(1), sums[:-1]])

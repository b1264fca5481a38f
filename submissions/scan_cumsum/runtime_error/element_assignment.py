"""The sums are assigned into a JAX array in place."""

import jax.numpy as jnp


def cumulative_sum(x):
    sums = jnp.zeros_like(x)
    sums[0] = x[0]
    for i in range(1, len(x)):
        sums[i] = sums[i - 1] + x[i]
    return sums

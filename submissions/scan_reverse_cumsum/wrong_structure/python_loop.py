"""A Python loop from the last element to the first."""

import jax.numpy as jnp


def reverse_cumsum(x):
    total, sums = 0.0, []
    for value in reversed(x):
        total = total + value
        sums.insert(0, total)
    return jnp.stack(sums)

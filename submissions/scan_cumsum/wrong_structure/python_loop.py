"""A Python loop over the elements, stacked at the end."""

import jax.numpy as jnp


def cumulative_sum(x):
    total, sums = 0.0, []
    for value in x:
        total = total + value
        sums.append(total)
    return jnp.stack(sums)

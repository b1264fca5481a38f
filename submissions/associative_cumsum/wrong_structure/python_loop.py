"""A Python loop over the elements."""

import jax.numpy as jnp


def parallel_cumsum(x):
    sums = [x[0]]
    for i in range(1, x.shape[0]):
        sums.append(sums[-1] + x[i])
    return jnp.stack(sums)

"""jnp.cumsum, the operation that the exercise is to be written without."""

import jax.numpy as jnp


def cumulative_sum(x):
    return jnp.cumsum(x)

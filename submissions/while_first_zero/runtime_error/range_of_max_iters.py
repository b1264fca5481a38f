"""Python's range is given the traced max_iters."""

import jax.numpy as jnp


def first_zero(x, max_iters):
    for i in range(max_iters):
        found = jnp.where(x[i] == 0, i, max_iters)
    return found

"""jnp.roll brings the last elements back to the front, where they are added as well."""

import jax.numpy as jnp


def parallel_cumsum(x):
    for power in range((x.size - 1).bit_length()):
        x = x + jnp.roll(x, 2**power)
    return x

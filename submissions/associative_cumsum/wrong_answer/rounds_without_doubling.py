"""The shift grows by one instead of doubling, so the rounds count some elements several times."""

import jax.numpy as jnp


def parallel_cumsum(x):
    for shift in range(1, x.size.bit_length() + 1):
        x = x + jnp.pad(x, (shift, 0))[: x.size]
    return x

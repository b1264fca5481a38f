"""The convolution with a vector of ones."""

import jax.numpy as jnp


def parallel_cumsum(x):
    return jnp.convolve(x, jnp.ones_like(x))[: x.size]

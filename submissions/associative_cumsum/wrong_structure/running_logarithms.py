"""The logarithm of a running product of exponentials."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    return 64 * jnp.log(jax.lax.cumprod(jnp.exp(x / 64)))

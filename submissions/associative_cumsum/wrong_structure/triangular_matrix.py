"""The product with a triangular matrix of ones: N * N multiplications."""

import jax.numpy as jnp


def parallel_cumsum(x):
    return jnp.tril(jnp.ones((x.size, x.size))) @ x

"""The product with an upper triangular matrix of ones."""

import jax.numpy as jnp


def reverse_cumsum(x):
    return jnp.triu(jnp.ones((x.size, x.size))) @ x

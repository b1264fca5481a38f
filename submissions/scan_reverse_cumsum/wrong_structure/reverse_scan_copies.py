"""The reverse scan only copies what a matrix has summed before it."""

import jax
import jax.numpy as jnp


def reverse_cumsum(x):
    sums = jnp.triu(jnp.ones((x.size, x.size))) @ x
    return jax.lax.scan(lambda n, s: (n + 1, s + 0.0 * n), 0.0, sums, reverse=True)[1]

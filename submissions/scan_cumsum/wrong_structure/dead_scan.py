"""A scan whose result is thrown away, beside the triangular matrix that gives the sums."""

import jax
import jax.numpy as jnp


def cumulative_sum(x):
    jax.lax.scan(lambda t, v: (t + v, t + v), 0.0, x)
    return jnp.tril(jnp.ones((x.size, x.size))) @ x

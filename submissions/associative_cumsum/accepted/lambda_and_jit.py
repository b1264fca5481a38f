"""A lambda for the addition, in a jitted function."""

import jax
from jax import lax


@jax.jit
def parallel_cumsum(x):
    return lax.associative_scan(lambda a, b: a + b, x, axis=0)

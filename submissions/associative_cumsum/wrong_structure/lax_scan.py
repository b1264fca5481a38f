"""lax.scan, which adds one element after the other."""

import jax


def parallel_cumsum(x):
    return jax.lax.scan(lambda total, v: (total + v, total + v), 0.0, x)[1]

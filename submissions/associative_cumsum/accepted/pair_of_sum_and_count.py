"""Pairs of sum and count are combined; the counts are not needed."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    def combine(a, b):
        return a[0] + b[0], a[1] + b[1]

    sums, _ = jax.lax.associative_scan(combine, (x, jnp.ones_like(x)))
    return sums

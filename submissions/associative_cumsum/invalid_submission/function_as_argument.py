"""The function requires the addition as its first argument."""

import jax


def parallel_cumsum(add, x):
    return jax.lax.associative_scan(add, x)

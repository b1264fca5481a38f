"""Pairs are averaged, which is not associative and no sum."""

import jax


def parallel_cumsum(x):
    return jax.lax.associative_scan(lambda a, b: (a + b) / 2, x)

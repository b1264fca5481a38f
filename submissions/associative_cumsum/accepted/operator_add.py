"""Python's operator.add."""

import operator

from jax.lax import associative_scan


def parallel_cumsum(x):
    return associative_scan(operator.add, x)

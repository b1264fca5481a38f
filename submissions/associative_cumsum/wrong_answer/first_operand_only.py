"""The combining function returns its first operand, so the first element is repeated."""

import jax


def parallel_cumsum(x):
    return jax.lax.associative_scan(lambda a, b: a, x)

"""The combining function returns its second operand, so x comes back unchanged."""

import jax


def parallel_cumsum(x):
    return jax.lax.associative_scan(lambda total, value: value, x)

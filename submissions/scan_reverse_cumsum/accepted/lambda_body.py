"""The body is a lambda that returns the same sum twice."""

from jax import lax


def reverse_cumsum(x):
    return lax.scan(lambda total, value: (total + value,) * 2, 0.0, x, None, True)[1]

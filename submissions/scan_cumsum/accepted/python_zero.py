"""The carry starts from the Python number 0.0."""

from jax import lax


def cumulative_sum(x):
    return lax.scan(lambda total, value: (total + value,) * 2, 0.0, x)[1]

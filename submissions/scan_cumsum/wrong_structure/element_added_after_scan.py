"""The scan gives the sums without their own element, which is added beside it."""

import jax


def cumulative_sum(x):
    _, before = jax.lax.scan(lambda total, value: (total + value, total), 0.0, x)
    return before + x

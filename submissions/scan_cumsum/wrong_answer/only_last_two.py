"""The carry is the last element, not the total: each sum has at most two terms."""

import jax


def cumulative_sum(x):
    def body(previous, value):
        return value, previous + value

    return jax.lax.scan(body, 0.0, x)[1]

"""The sums run from the beginning: reverse=True is missing."""

import jax


def reverse_cumsum(x):
    def body(total, value):
        total = total + value
        return total, total

    return jax.lax.scan(body, 0.0, x)[1]

"""The total starts from 1 instead of 0, so every sum is one too large."""

import jax


def reverse_cumsum(x):
    def body(total, value):
        total = total + value
        return total, total

    return jax.lax.scan(body, 1.0, x, reverse=True)[1]

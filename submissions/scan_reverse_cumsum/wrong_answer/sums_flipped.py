"""The sums come in reverse order: with reverse=True they are in place and must not be flipped."""

import jax


def reverse_cumsum(x):
    def body(total, value):
        total = total + value
        return total, total

    return jax.lax.scan(body, 0.0, x, reverse=True)[1][::-1]

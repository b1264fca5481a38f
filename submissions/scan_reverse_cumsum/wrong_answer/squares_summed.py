"""The squares of the elements are added."""

import jax


def reverse_cumsum(x):
    def body(total, value):
        total = total + value**2
        return total, total

    return jax.lax.scan(body, 0.0, x, reverse=True)[1]

"""The first element is added to every sum: the carry starts from x[0] instead of zero."""

import jax


def reverse_cumsum(x):
    def body(total, value):
        total = total + value
        return total, total

    return jax.lax.scan(body, x[0], x, reverse=True)[1]

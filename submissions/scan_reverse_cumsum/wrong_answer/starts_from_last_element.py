"""The last element counts twice: the carry starts from x[-1] and x[-1] is scanned as well."""

import jax


def reverse_cumsum(x):
    def body(total, value):
        total = total + value
        return total, total

    return jax.lax.scan(body, x[-1], x, reverse=True)[1]

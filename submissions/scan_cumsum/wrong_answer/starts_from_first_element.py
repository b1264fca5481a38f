"""The first element counts twice: the carry starts from x[0] and x[0] is scanned as well."""

import jax


def cumulative_sum(x):
    def body(total, value):
        total = total + value
        return total, total

    return jax.lax.scan(body, x[0], x)[1]

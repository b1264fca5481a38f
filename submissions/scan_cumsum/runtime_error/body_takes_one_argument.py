"""The body takes one argument, the element alone."""

import jax

total = 0.0


def cumulative_sum(x):
    def body(value):
        global total
        total = total + value
        return total

    return jax.lax.scan(body, 0.0, x)[1]

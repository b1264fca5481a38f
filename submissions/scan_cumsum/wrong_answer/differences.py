"""Each step puts out the difference to the element before instead of the sum."""

import jax


def cumulative_sum(x):
    def body(total, value):
        return value, value - total

    return jax.lax.scan(body, 0.0, x)[1]

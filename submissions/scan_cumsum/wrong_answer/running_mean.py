"""The sums are divided by the number of elements: these are running means."""

import jax


def cumulative_sum(x):
    def body(carry, value):
        total, count = carry
        total, count = total + value, count + 1
        return (total, count), total / count

    return jax.lax.scan(body, (0.0, 0), x)[1]

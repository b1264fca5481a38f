"""The sums come in reverse order, the total of all elements first."""

import jax


def cumulative_sum(x):
    def body(total, value):
        total = total + value
        return total, total

    return jax.lax.scan(body, 0.0, x)[1][::-1]

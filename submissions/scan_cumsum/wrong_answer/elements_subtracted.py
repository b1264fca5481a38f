"""The elements are subtracted from the total instead of added: every sum has the wrong sign."""

import jax


def cumulative_sum(x):
    def body(total, value):
        total = total - value
        return total, total

    return jax.lax.scan(body, 0.0, x)[1]

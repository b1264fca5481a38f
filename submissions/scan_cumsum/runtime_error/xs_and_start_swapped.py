"""x is passed as the starting carry and 0.0 as what is scanned."""

import jax


def cumulative_sum(x):
    def body(total, value):
        total = total + value
        return total, total

    return jax.lax.scan(body, x, 0.0)[1]

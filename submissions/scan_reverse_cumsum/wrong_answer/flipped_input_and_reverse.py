"""x is flipped and scanned with reverse=True, so the two cancel and the sums run from the beginning, flipped."""

import jax


def reverse_cumsum(x):
    def body(total, value):
        total = total + value
        return total, total

    return jax.lax.scan(body, 0.0, x[::-1], reverse=True)[1]

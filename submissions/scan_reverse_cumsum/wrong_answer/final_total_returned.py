"""Only the sum of all elements is returned, a scalar: element 0 of the pair that lax.scan gives."""

import jax


def reverse_cumsum(x):
    def body(total, value):
        total = total + value
        return total, total

    return jax.lax.scan(body, 0.0, x, reverse=True)[0]

"""A negative length is given to make the scan run backwards."""

import jax


def reverse_cumsum(x):
    def body(total, value):
        total = total + value
        return total, total

    return jax.lax.scan(body, 0.0, x, length=-x.shape[0])[1]

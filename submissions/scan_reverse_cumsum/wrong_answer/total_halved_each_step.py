"""Total and element are averaged half and half in every step instead of added."""

import jax


def reverse_cumsum(x):
    def body(total, value):
        total = (total + value) / 2
        return total, total

    return jax.lax.scan(body, 0.0, x, reverse=True)[1]

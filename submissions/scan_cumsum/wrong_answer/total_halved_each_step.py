"""Total and element are averaged half and half in every step instead of added."""

import jax


def cumulative_sum(x):
    def body(total, value):
        total = (total + value) / 2
        return total, total

    return jax.lax.scan(body, 0.0, x)[1]

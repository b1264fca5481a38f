"""The whole result of lax.scan is returned, the pair (final total, sums), instead of the sums."""

import jax


def reverse_cumsum(x):
    def body(total, value):
        total = total + value
        return total, total

    return jax.lax.scan(body, 0.0, x, reverse=True)

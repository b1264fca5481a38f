"""The total is discounted by 0.99 in every step, as returns in reinforcement learning are."""

import jax


def reverse_cumsum(x):
    def body(total, value):
        total = value + 0.99 * total
        return total, total

    return jax.lax.scan(body, 0.0, x, reverse=True)[1]

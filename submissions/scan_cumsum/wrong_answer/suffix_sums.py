"""The sums run from the end of x: they are sums of what follows, not of what precedes."""

import jax


def cumulative_sum(x):
    def body(total, value):
        total = total + value
        return total, total

    return jax.lax.scan(body, 0.0, x, reverse=True)[1]

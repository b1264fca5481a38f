"""The total is kept with the other sign."""

import jax


def cumulative_sum(x):
    def body(debt, value):
        debt = debt - value
        return debt, -debt

    return jax.lax.scan(body, 0.0, x)[1]

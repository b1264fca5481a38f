"""A fori_loop of twelve steps whatever n is, with a cond that stops multiplying: a scan."""

import jax


def fori_power(x, n):
    def body(i, power):
        return jax.lax.cond(i < n, lambda p: p * x, lambda p: p, power)

    return jax.lax.fori_loop(0, 12, body, 1.0)

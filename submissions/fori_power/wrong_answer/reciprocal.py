"""The power is divided by x in every step instead of multiplied: x to the -n."""

import jax


def fori_power(x, n):
    return jax.lax.fori_loop(0, n, lambda i, power: power / x, 1.0)

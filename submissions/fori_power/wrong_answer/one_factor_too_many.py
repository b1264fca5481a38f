"""The product starts from x instead of 1, so there are n + 1 factors."""

import jax


def fori_power(x, n):
    return jax.lax.fori_loop(0, n, lambda i, power: power * x, x)

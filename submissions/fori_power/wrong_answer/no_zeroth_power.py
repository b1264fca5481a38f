"""The product starts from x and has n - 1 more factors, so the power for n = 0 is x and not 1."""

import jax


def fori_power(x, n):
    return jax.lax.fori_loop(1, n, lambda i, power: power * x, x)

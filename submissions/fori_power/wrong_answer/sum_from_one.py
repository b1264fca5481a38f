"""x is added n times to 1: the result is 1 + n*x."""

import jax


def fori_power(x, n):
    return jax.lax.fori_loop(0, n, lambda i, power: power + x, 1.0)

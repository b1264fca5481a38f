"""The start and the body are given to fori_loop in the wrong order."""

import jax


def fori_power(x, n):
    return jax.lax.fori_loop(0, n, 1.0, lambda i, power: power * x)

"""The function takes x only and computes the square."""

import jax


def fori_power(x):
    return jax.lax.fori_loop(0, 2, lambda i, p: p * x, 1.0)

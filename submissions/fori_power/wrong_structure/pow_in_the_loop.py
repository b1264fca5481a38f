"""Each step of the loop takes a power of x with **."""

import jax


def fori_power(x, n):
    return jax.lax.fori_loop(0, n, lambda i, power: x ** (i + 1), 1.0)

"""The lower bound is left out of the call of fori_loop."""

import jax


def fori_power(x, n):
    return jax.lax.fori_loop(n, lambda i, power: power * x, 1.0)

"""The power is multiplied by the counter instead of by x: a factorial."""

import jax


def fori_power(x, n):
    return jax.lax.fori_loop(1, n + 1, lambda i, power: power * i, x)

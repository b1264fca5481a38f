"""The body takes the power alone; fori_loop gives it the counter as well."""

import jax


def fori_power(x, n):
    return jax.lax.fori_loop(0, n, lambda power: power * x, 1.0)

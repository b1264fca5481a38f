"""A Python while loop compares the traced n."""

import jax.numpy as jnp


def fori_power(x, n):
    power = jnp.ones_like(x)
    while n > 0:
        power = power * x
        n = n - 1
    return power

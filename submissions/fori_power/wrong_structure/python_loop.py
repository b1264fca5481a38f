"""A Python loop writes twelve guarded products out."""

import jax.numpy as jnp


def fori_power(x, n):
    power = jnp.ones_like(x)
    for i in range(12):
        power = jnp.where(i < n, power * x, power)
    return power

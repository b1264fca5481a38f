"""Python's range is given the traced n."""

import jax.numpy as jnp


def fori_power(x, n):
    power = jnp.ones_like(x)
    for _ in range(n):
        power = power * x
    return power

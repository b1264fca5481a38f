"""The loop runs from 1 to n, so there are n - 1 factors and not n."""

import jax
import jax.numpy as jnp


def fori_power(x, n):
    return jax.lax.fori_loop(1, n, lambda i, power: power * x, jnp.ones_like(x))

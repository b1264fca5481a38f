"""The product starts from x itself, and n = 0 is a case of its own."""

import jax
import jax.numpy as jnp


def fori_power(x, n):
    power = jax.lax.fori_loop(1, n, lambda _, p: p * x, x)
    return jnp.where(n == 0, 1.0, power)

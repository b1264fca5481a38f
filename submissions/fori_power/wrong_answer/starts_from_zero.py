"""The product starts from 0, so it stays 0."""

import jax
import jax.numpy as jnp


def fori_power(x, n):
    return jax.lax.fori_loop(0, n, lambda i, power: power * x, jnp.zeros_like(x))

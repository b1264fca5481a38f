"""The product is kept in an array of one element."""

import jax
import jax.numpy as jnp


def fori_power(x, n):
    out = jax.lax.fori_loop(0, n, lambda i, p: p.at[0].multiply(x), jnp.ones(1))
    return out[0]

"""The loop's result is thrown away; a product over a table gives the power."""

import jax
import jax.numpy as jnp


def fori_power(x, n):
    jax.lax.fori_loop(0, n, lambda i, p: p * x, 1.0)
    return jnp.prod(jnp.where(jnp.arange(12) < n, x, 1.0))

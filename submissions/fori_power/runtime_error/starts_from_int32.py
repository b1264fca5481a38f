"""The product starts as an int32 and becomes a float32."""

import jax
import jax.numpy as jnp


def fori_power(x, n):
    return jax.lax.fori_loop(0, n, lambda i, power: power * x, jnp.ones((), jnp.int32))

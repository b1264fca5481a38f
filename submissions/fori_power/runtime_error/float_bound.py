"""The upper bound is made a float, and the lower is an integer."""

import jax
import jax.numpy as jnp


def fori_power(x, n):
    return jax.lax.fori_loop(0, n.astype(jnp.float32), lambda i, power: power * x, 1.0)

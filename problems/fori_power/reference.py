"""A power as a loop: the product is carried, and the loop ends where an argument says."""

import jax
import jax.numpy as jnp


def fori_power(x: jax.Array, n: jax.Array) -> jax.Array:
    """The product of n factors x, which is 1 for n = 0."""
    return jax.lax.fori_loop(0, n, lambda _, power: power * x, jnp.ones_like(x))

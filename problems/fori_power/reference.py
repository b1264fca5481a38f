import jax
import jax.numpy as jnp


def fori_power(x, n):
    """The product of n factors x; 1 for n = 0."""
    return jax.lax.fori_loop(0, n, lambda _, power: power * x, jnp.ones_like(x))

"""jnp.cumsum of the flipped vector, flipped back."""

import jax.numpy as jnp


def reverse_cumsum(x):
    return jnp.cumsum(x[::-1])[::-1]

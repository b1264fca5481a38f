"""x comes back in reverse order, and nothing is added."""

import jax.numpy as jnp


def reverse_cumsum(x):
    return jnp.flip(x)

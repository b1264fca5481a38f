"""A forward scan starts from the total of all and takes the elements off."""

import jax
import jax.numpy as jnp


def reverse_cumsum(x):
    return jax.lax.scan(lambda rest, value: (rest - value, rest), jnp.sum(x), x)[1]

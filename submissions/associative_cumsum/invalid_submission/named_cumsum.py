"""The function is called cumsum."""

import jax
import jax.numpy as jnp


def cumsum(x):
    return jax.lax.associative_scan(jnp.add, x)

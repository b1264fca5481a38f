"""An associative scan whose result is thrown away, beside jnp.cumsum."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    jax.lax.associative_scan(jnp.add, x)
    return jnp.cumsum(x)

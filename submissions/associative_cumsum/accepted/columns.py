"""A column is scanned along its first axis."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    return jax.lax.associative_scan(jnp.add, x[:, None], axis=0).squeeze(1)

"""A row is scanned along its last axis, with jax.checkpoint around the addition."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    return jax.lax.associative_scan(jax.checkpoint(jnp.add), x[None, :], axis=-1)[0]

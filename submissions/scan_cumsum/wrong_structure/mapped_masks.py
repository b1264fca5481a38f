"""Each sum by itself, with lax.map over the positions: nothing is carried."""

import jax
import jax.numpy as jnp


def cumulative_sum(x):
    positions = jnp.arange(x.shape[0])
    return jax.lax.map(lambda i: jnp.sum(jnp.where(positions <= i, x, 0.0)), positions)

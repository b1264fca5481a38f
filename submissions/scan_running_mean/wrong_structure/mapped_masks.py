"""Each mean by itself, with lax.map over the positions: nothing is carried."""

import jax
import jax.numpy as jnp


def running_mean(x):
    positions = jnp.arange(x.size)

    def mean(i):
        return jnp.where(positions <= i, x, 0.0).sum() / (i + 1)

    return jax.lax.map(mean, positions)

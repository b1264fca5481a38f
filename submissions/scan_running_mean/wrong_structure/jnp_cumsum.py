"""jnp.cumsum divided by the counts, with no scan."""

import jax.numpy as jnp


def running_mean(x):
    return jnp.cumsum(x) / jnp.arange(1, x.size + 1)

"""lax.associative_scan, which is no lax.scan, divided by the counts."""

import jax
import jax.numpy as jnp


def running_mean(x):
    return jax.lax.associative_scan(jnp.add, x) / jnp.arange(1, x.size + 1)

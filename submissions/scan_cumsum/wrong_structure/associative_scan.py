"""lax.associative_scan, which is no lax.scan: the sums are combined in rounds."""

import jax
import jax.numpy as jnp


def cumulative_sum(x):
    return jax.lax.associative_scan(jnp.add, x)

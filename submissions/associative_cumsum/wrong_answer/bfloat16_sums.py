"""The sums are made in bfloat16, which keeps only about three decimal digits."""

import jax
import jax.numpy as jnp


def parallel_cumsum(x):
    return jax.lax.associative_scan(jnp.add, x.astype(jnp.bfloat16)).astype(jnp.float32)

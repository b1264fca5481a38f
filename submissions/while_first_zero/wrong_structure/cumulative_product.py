"""The number of elements before the first zero, by a cumulative product."""

import jax.numpy as jnp


def first_zero(x, max_iters):
    before = jnp.cumprod((x != 0).astype(jnp.int32))
    return jnp.minimum(jnp.sum(before), jnp.minimum(max_iters, len(x))).astype(jnp.int32)

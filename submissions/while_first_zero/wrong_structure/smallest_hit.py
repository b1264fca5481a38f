"""The minimum of the indices at which there is a zero, without a loop."""

import jax.numpy as jnp


def first_zero(x, max_iters):
    most = jnp.minimum(max_iters, len(x))
    return jnp.min(jnp.where(x == 0, jnp.arange(len(x)), most), initial=most, where=True)

"""jnp.nonzero with a fixed size finds it."""

import jax.numpy as jnp


def first_zero(x, max_iters):
    most = jnp.minimum(max_iters, len(x))
    (where,) = jnp.nonzero(x == 0, size=1, fill_value=len(x))
    return jnp.minimum(where[0], most).astype(jnp.int32)

"""The index is returned as a float32."""

import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    most = jnp.minimum(max_iters, len(x))
    i = jax.lax.while_loop(lambda i: (i < most) & (x[i] != 0), lambda i: i + 1, jnp.int32(0))
    return i.astype(jnp.float32)

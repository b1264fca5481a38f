"""The function is called find_first_zero."""

import jax
import jax.numpy as jnp


def find_first_zero(x, max_iters):
    most = jnp.minimum(max_iters, len(x))
    return jax.lax.while_loop(lambda i: (i < most) & (x[i] != 0), lambda i: i + 1, jnp.int32(0))

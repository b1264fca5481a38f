"""The search ends before the last element: the bound is len(x) - 1 instead of len(x)."""

import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    most = jnp.minimum(max_iters, len(x) - 1)
    return jax.lax.while_loop(lambda i: (i < most) & (x[i] != 0), lambda i: i + 1, jnp.int32(0))

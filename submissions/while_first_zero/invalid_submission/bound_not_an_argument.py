"""The bound is a constant of the file instead of an argument."""

import jax
import jax.numpy as jnp

MAX_ITERS = 20


def first_zero(x):
    most = jnp.minimum(MAX_ITERS, len(x))
    return jax.lax.while_loop(lambda i: (i < most) & (x[i] != 0), lambda i: i + 1, jnp.int32(0))

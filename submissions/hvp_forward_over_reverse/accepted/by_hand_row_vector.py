"""By hand, with v multiplied from both sides."""

import jax.numpy as jnp


def hvp(x, A, v):
    return jnp.matmul(A, v) + jnp.matmul(v, A)

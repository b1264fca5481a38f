"""The index alone is carried; the condition looks at the element."""

import jax.numpy as jnp
from jax import lax


def first_zero(x, max_iters):
    most = jnp.minimum(max_iters, x.shape[0])

    def looking(i):
        return jnp.logical_and(i < most, x[i] != 0)

    return lax.while_loop(looking, lambda i: i + 1, 0)

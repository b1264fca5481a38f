"""`<=` lets the loop look at one element more than max_iters."""

import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    def looking(i):
        return (i <= max_iters) & (i < len(x)) & (x[jnp.minimum(i, len(x) - 1)] != 0)

    return jax.lax.while_loop(looking, lambda i: i + 1, jnp.int32(0))

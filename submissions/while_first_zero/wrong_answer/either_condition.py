"""The loop goes on while either condition holds: `|` stands where `&` belongs."""

import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    most = jnp.minimum(max_iters, len(x))

    def looking(i):
        return (i < most) | ((x[jnp.minimum(i, len(x) - 1)] != 0) & (i < most))

    return jax.lax.while_loop(looking, lambda i: i + 1, jnp.int32(0))

"""The loop takes one step, in which all elements are looked at together."""

import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    most = jnp.minimum(max_iters, len(x))

    def body(_):
        free = jnp.where(x != 0, 1, 0)
        return True, jnp.minimum(most, jnp.sum(jnp.cumprod(free)).astype(jnp.int32))

    return jax.lax.while_loop(lambda s: ~s[0], body, (False, jnp.int32(0)))[1]

"""Every step looks at all elements together, and the loop goes on to the limit."""

import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    most = jnp.minimum(max_iters, len(x))

    def body(state):
        i, _ = state
        return i + 1, jnp.min(jnp.where(x == 0, jnp.arange(len(x)), most), initial=most, where=True)

    return jax.lax.while_loop(lambda s: s[0] < most, body, (jnp.int32(0), most))[1]

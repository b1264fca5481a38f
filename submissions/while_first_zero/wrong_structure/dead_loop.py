"""The loop's result is thrown away; a minimum over a table of indices is returned."""

import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    most = jnp.minimum(max_iters, len(x))
    jax.lax.while_loop(lambda i: (i < most) & (x[i] != 0), lambda i: i + 1, jnp.int32(0))
    return jnp.min(jnp.where(x == 0, jnp.arange(len(x)), most), initial=most, where=True)

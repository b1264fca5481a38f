"""A scan looks at all elements and counts while none was zero."""

import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    def body(state, element):
        i, going = state
        going = going & (element != 0) & (i < max_iters)
        return (i + going, going), None

    (i, _), _ = jax.lax.scan(body, (jnp.int32(0), True), x)
    return i

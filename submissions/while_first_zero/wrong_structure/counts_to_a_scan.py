"""The answer is found by a scan over all elements, and a while loop then counts up to it."""

import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    def body(state, element):
        i, going = state
        going = going & (element != 0) & (i < max_iters)
        return (i + going, going), None

    (answer, _), _ = jax.lax.scan(body, (jnp.int32(0), True), x)
    return jax.lax.while_loop(lambda i: i < answer, lambda i: i + 1, 0)

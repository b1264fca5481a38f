"""The loop counts to the limit and hands x through; the search is done after it."""

import jax
import jax.numpy as jnp


def first_zero(x, max_iters):
    def body(state):
        count, row = state
        return count + 1, jnp.where(count < 0, -row, row)

    most, row = jax.lax.while_loop(
        lambda s: (s[0] < max_iters) & (s[0] < len(x)), body, (jnp.int32(0), x)
    )
    return jnp.min(jnp.where(row == 0, jnp.arange(len(x)), most), initial=most, where=True)

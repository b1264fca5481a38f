"""The loop counts the elements looked at, and the one found is taken off after it."""

import jax
import jax.numpy as jnp


@jax.jit
def first_zero(x, max_iters):
    limit = jnp.minimum(max_iters, x.size)

    def body(state):
        count, _ = state
        return count + 1, x[count] == 0

    count, found = jax.lax.while_loop(
        lambda s: (s[0] < limit) & jnp.logical_not(s[1]), body, (0, False)
    )
    return jnp.where(found, count - 1, count)

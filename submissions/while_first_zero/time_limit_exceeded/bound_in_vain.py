"""The index is never moved on, so the loop never ends unless the first element is zero."""

import jax


def first_zero(x, max_iters):
    return jax.lax.while_loop(lambda i: (i < max_iters) & (x[i] != 0), lambda i: i, 0)

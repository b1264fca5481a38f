"""The condition compares the whole vector, so it is an array of booleans."""

import jax


def first_zero(x, max_iters):
    return jax.lax.while_loop(lambda i: (i < max_iters) & (x != 0), lambda i: i + 1, 0)

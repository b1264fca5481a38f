"""The body returns a pair (new value, None), as that of a scan."""

import jax


def first_zero(x, max_iters):
    return jax.lax.while_loop(
        lambda i: (i < max_iters) & (x[i] != 0), lambda i: (i + 1, None), 0
    )

"""`and` joins the two conditions; it needs to know the first, where `&` does not."""

import jax


def first_zero(x, max_iters):
    return jax.lax.while_loop(
        lambda i: i < max_iters and i < len(x) and x[i] != 0, lambda i: i + 1, 0
    )

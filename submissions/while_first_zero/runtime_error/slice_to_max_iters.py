"""x is cut to its first max_iters elements, a size that is not known while tracing."""

import jax


def first_zero(x, max_iters):
    head = x[:max_iters]
    return jax.lax.while_loop(lambda i: head[i] != 0, lambda i: i + 1, 0)

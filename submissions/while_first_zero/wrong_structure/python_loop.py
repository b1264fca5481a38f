"""A Python loop over the elements, from the last to the first."""

import jax.numpy as jnp


def first_zero(x, max_iters):
    most = jnp.minimum(max_iters, len(x))
    answer = most
    for i in reversed(range(len(x))):
        answer = jnp.where((x[i] == 0) & (i < most), i, answer)
    return answer

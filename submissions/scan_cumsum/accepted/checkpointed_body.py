"""The body is checkpointed, and the start is a zero made from the first element."""

import jax


def cumulative_sum(x):
    @jax.checkpoint
    def body(total, value):
        return total + value, total + value

    return jax.lax.scan(body, x[0] * 0, x)[1]

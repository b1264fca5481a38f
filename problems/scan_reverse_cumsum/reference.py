import jax
import jax.numpy as jnp


def reverse_cumsum(x):
    """The sums of the last N, N - 1, ..., 1 elements."""

    def add(total, value):
        total = total + value
        return total, total

    return jax.lax.scan(add, jnp.zeros((), x.dtype), x, reverse=True)[1]

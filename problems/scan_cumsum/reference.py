import jax
import jax.numpy as jnp


def cumulative_sum(x):
    """The sums of the first 1, 2, ..., N elements."""

    def add(total, value):
        total = total + value
        return total, total

    return jax.lax.scan(add, jnp.zeros((), x.dtype), x)[1]

"""Prefix sums as one `lax.scan`: the total is carried, and put out after every element."""

import jax
import jax.numpy as jnp


def cumulative_sum(x: jax.Array) -> jax.Array:
    """The sums of the first 1, 2, ..., N elements of a vector of shape (N,)."""

    def add(total: jax.Array, value: jax.Array) -> tuple[jax.Array, jax.Array]:
        total = total + value
        return total, total

    _, sums = jax.lax.scan(add, jnp.zeros((), x.dtype), x)
    return sums

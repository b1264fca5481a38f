"""Suffix sums as one `lax.scan` from the last element to the first."""

import jax
import jax.numpy as jnp


def reverse_cumsum(x: jax.Array) -> jax.Array:
    """The sums of the last N, N - 1, ..., 1 elements of a vector of shape (N,)."""

    def add(total: jax.Array, value: jax.Array) -> tuple[jax.Array, jax.Array]:
        total = total + value
        return total, total

    _, sums = jax.lax.scan(add, jnp.zeros((), x.dtype), x, reverse=True)
    return sums

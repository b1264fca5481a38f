"""Prefix means as one `lax.scan`: sum and count are carried, and their quotient is put out."""

import jax
import jax.numpy as jnp

Carry = tuple[jax.Array, jax.Array]


def running_mean(x: jax.Array) -> jax.Array:
    """The means of the first 1, 2, ..., N elements of a vector of shape (N,)."""

    def add(carry: Carry, value: jax.Array) -> tuple[Carry, jax.Array]:
        total, count = carry
        total, count = total + value, count + 1
        return (total, count), total / count

    zero = jnp.zeros((), x.dtype)
    _, means = jax.lax.scan(add, (zero, zero), x)
    return means

"""Kahan's compensated summation from the end."""

import jax
import jax.numpy as jnp


def reverse_cumsum(x):
    def body(carry, value):
        total, lost = carry
        value = value - lost
        new = total + value
        return (new, (new - total) - value), new

    zero = jnp.zeros((), x.dtype)
    return jax.lax.scan(body, (zero, zero), x, reverse=True)[1]

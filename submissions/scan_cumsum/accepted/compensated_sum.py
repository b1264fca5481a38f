"""Kahan's compensated summation: the rounding error is carried beside the total."""

import jax
import jax.numpy as jnp


def cumulative_sum(x):
    def body(carry, value):
        total, lost = carry
        value = value - lost
        new = total + value
        return (new, (new - total) - value), new

    zero = jnp.zeros((), x.dtype)
    return jax.lax.scan(body, (zero, zero), x)[1]

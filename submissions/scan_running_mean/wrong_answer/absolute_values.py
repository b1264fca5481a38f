"""The mean is taken of the absolute values of the elements."""

import jax
import jax.numpy as jnp


def running_mean(x):
    def body(carry, value):
        total, count = carry
        total, count = total + jnp.abs(value), count + 1
        return (total, count), total / count

    return jax.lax.scan(body, (0.0, 0), x)[1]

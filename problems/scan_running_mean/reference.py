import jax
import jax.numpy as jnp


def running_mean(x):
    """The means of the first 1, 2, ..., N elements."""

    def add(carry, value):
        total, count = carry
        total, count = total + value, count + 1
        return (total, count), total / count

    zero = jnp.zeros((), x.dtype)
    return jax.lax.scan(add, (zero, zero), x)[1]

"""Every sum is divided by N, the number of all elements, instead of by the number so far."""

import jax
import jax.numpy as jnp


def running_mean(x):
    def body(total, value):
        total = total + value
        return total, total / x.shape[0]

    return jax.lax.scan(body, 0.0, x)[1]

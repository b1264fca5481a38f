"""Each sum is divided by its index i instead of by i + 1, the index 0 replaced by a small number."""

import jax
import jax.numpy as jnp


def running_mean(x):
    def body(total, row):
        i, value = row
        total = total + value
        return total, total / jnp.where(i == 0, 1e-3, i)

    return jax.lax.scan(body, 0.0, (jnp.arange(x.size), x))[1]

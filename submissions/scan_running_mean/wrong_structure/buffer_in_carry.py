"""The means are written into a carried buffer instead of being put out by the steps."""

import jax
import jax.numpy as jnp


def running_mean(x):
    def body(carry, value):
        total, count, means = carry
        total = total + value
        means = means.at[count].set(total / (count + 1))
        return (total, count + 1, means), None

    return jax.lax.scan(body, (0.0, 0, jnp.zeros_like(x)), x)[0][2]

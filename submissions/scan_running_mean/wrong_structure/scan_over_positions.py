"""The positions are scanned, and the body looks x up: x is not what is scanned."""

import jax
import jax.numpy as jnp


def running_mean(x):
    def body(total, i):
        total = total + x[i]
        return total, total / (i + 1)

    return jax.lax.scan(body, 0.0, jnp.arange(x.size))[1]

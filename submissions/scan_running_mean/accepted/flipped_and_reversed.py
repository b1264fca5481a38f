"""The flipped vector is scanned from its end."""

import jax
import jax.numpy as jnp


def running_mean(x):
    def body(carry, value):
        total, count = carry
        return (total + value, count + 1), (total + value) / (count + 1)

    return jnp.flip(jax.lax.scan(body, (0.0, 0), x[::-1], reverse=True)[1])

"""The loop counts from 1 to n, both included."""

import jax
import jax.numpy as jnp


def fori_power(x, n):
    def body(k, acc):
        del k
        return jnp.multiply(acc, x)

    return jax.lax.fori_loop(1, n + 1, body, jnp.float32(1))

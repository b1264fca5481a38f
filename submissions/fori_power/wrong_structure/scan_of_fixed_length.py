"""A scan of twelve steps, of which only the first n multiply."""

import jax
import jax.numpy as jnp


def fori_power(x, n):
    def body(power, i):
        return jnp.where(i < n, power * x, power), None

    power, _ = jax.lax.scan(body, jnp.ones_like(x), jnp.arange(12))
    return power

"""lax.scan is asked for n steps, but its length must be known while tracing."""

import jax
import jax.numpy as jnp


def fori_power(x, n):
    power, _ = jax.lax.scan(lambda p, _: (p * x, None), jnp.ones_like(x), None, length=n)
    return power

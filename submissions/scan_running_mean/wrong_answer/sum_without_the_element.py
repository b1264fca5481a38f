"""The sum before the element is divided by the count that includes it.

Add the element first, then divide the new sum by the new count.
"""

import jax
import jax.numpy as jnp


def running_mean(x):
    def step(carry, value):
        total, count = carry
        return (total + value, count + 1), total / (count + 1)

    start = (jnp.zeros((), x.dtype), jnp.zeros((), x.dtype))
    return jax.lax.scan(step, start, x)[1]

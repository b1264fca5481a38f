"""The count starts as an int32 and is increased by 1.0."""

import jax
import jax.numpy as jnp


def running_mean(x):
    def body(carry, value):
        total, count = carry
        total, count = total + value, count + 1.0
        return (total, count), total / count

    return jax.lax.scan(body, (jnp.float32(0), jnp.int32(0)), x)[1]

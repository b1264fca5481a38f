"""The plainest form: the sum and the count are carried, their quotient is put out."""

import jax
import jax.numpy as jnp


def running_mean(x):
    def body(carry, value):
        total, count = carry
        total = total + value
        count = count + 1
        return (total, count), total / count

    _, means = jax.lax.scan(body, (jnp.float32(0), jnp.int32(0)), x)
    return means

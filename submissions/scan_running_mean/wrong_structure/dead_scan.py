"""A scan whose result is thrown away, beside the matrix that gives the means."""

import jax
import jax.numpy as jnp


def running_mean(x):
    def body(carry, value):
        carry = (carry[0] + value, carry[1] + 1)
        return carry, carry[0] / carry[1]

    jax.lax.scan(body, (0.0, 0), x)
    table = jnp.tri(x.size)
    return table @ x / table.sum(axis=1)

"""Sum and count are the two elements of one vector."""

import jax
import jax.numpy as jnp


def running_mean(x):
    def body(carry, value):
        carry = carry + jnp.stack([value, jnp.ones_like(value)])
        return carry, carry[0] / carry[1]

    return jax.lax.scan(body, jnp.zeros(2), x)[1]

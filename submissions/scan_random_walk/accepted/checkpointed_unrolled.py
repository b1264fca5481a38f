"""A checkpointed body and an unrolled scan."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    @jax.checkpoint
    def step(carry, _):
        key, position = carry
        key, subkey = jax.random.split(key)
        position = position + step_std * jax.random.normal(subkey)
        return (key, position), position

    return jax.lax.scan(step, (key, jnp.zeros(())), None, length=n_steps, unroll=3)[1]

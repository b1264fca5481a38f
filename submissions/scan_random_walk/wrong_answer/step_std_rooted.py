"""The move is multiplied by the root of step_std, as if that were the variance."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position = carry
        key, subkey = jax.random.split(key)
        position = position + jnp.sqrt(step_std) * jax.random.normal(subkey)
        return (key, position), position

    return jax.lax.scan(step, (key, 0.0), None, length=n_steps)[1]

"""The starting point 0 is returned as well, so there are N+1 positions."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position = carry
        key, subkey = jax.random.split(key)
        position = position + step_std * jax.random.normal(subkey)
        return (key, position), position

    positions = jax.lax.scan(step, (key, 0.0), None, length=n_steps)[1]
    return jnp.concatenate([jnp.zeros(1), positions])

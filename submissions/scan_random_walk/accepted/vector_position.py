"""The position is a vector of one dimension."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position = carry
        key, subkey = jax.random.split(key)
        position = position + step_std * jax.random.normal(subkey, (1,))
        return (key, position), position

    return jax.lax.scan(step, (key, jnp.zeros(1)), None, length=n_steps)[1][:, 0]

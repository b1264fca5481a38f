"""The absolute values of the moves are added, so the walk only goes up."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position = carry
        key, subkey = jax.random.split(key)
        position = position + step_std * jnp.abs(jax.random.normal(subkey))
        return (key, position), position

    return jax.lax.scan(step, (key, 0.0), None, length=n_steps)[1]

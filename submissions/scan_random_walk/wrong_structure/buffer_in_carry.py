"""The positions are written into a carried buffer instead of being put out by the steps."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    def step(carry, i):
        key, position, positions = carry
        key, subkey = jax.random.split(key)
        position = position + step_std * jax.random.normal(subkey)
        return (key, position, positions.at[i].set(position)), None

    start = key, 0.0, jnp.zeros(n_steps)
    return jax.lax.scan(step, start, jnp.arange(n_steps))[0][2]

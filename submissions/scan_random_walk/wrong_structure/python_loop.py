"""A Python loop over the steps."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    position, positions = 0.0, []
    for _ in range(n_steps):
        key, subkey = jax.random.split(key)
        position = position + step_std * jax.random.normal(subkey)
        positions.append(position)
    return jnp.stack(positions)

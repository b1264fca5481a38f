"""The normal is drawn from the argument key itself, which never changes: all moves are equal."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    def step(position, _):
        position = position + step_std * jax.random.normal(key)
        return position, position

    return jax.lax.scan(step, jnp.zeros(()), None, length=n_steps)[1]

"""A range of step numbers is scanned, which the body does not need."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position = carry
        key, subkey = jax.random.split(key, 2)
        position += jax.random.normal(subkey, ()) * step_std
        return (key, position), position

    return jax.lax.scan(step, (key, jnp.float32(0)), jnp.arange(n_steps))[1]

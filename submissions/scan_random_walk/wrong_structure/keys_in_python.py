"""The keys are split in a Python loop, and scanned."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    subkeys = []
    for _ in range(n_steps):
        key, subkey = jax.random.split(key)
        subkeys.append(subkey)

    def step(position, subkey):
        position = position + step_std * jax.random.normal(subkey)
        return position, position

    return jax.lax.scan(step, 0.0, jnp.stack(subkeys))[1]

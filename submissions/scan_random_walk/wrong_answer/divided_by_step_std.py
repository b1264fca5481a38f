"""The move is divided by step_std instead of multiplied by it."""

import jax


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position = carry
        key, subkey = jax.random.split(key)
        position = position + jax.random.normal(subkey) / step_std
        return (key, position), position

    return jax.lax.scan(step, (key, 0.0), None, length=n_steps)[1]

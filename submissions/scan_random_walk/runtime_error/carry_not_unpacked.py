"""The carry pair is split as if it were the key."""

import jax


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, subkey = jax.random.split(carry)
        position = step_std * jax.random.normal(subkey)
        return (key, position), position

    return jax.lax.scan(step, (key, 0.0), None, length=n_steps)[1]

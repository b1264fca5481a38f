"""The normal is drawn from the old key, which is split only afterwards."""

import jax


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position = carry
        position = position + step_std * jax.random.normal(key)
        key, _ = jax.random.split(key)
        return (key, position), position

    return jax.lax.scan(step, (key, 0.0), None, length=n_steps)[1]

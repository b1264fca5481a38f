"""The subkey is drawn from and carried on as well, so the first half of each split is lost."""

import jax


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position = carry
        _, key = jax.random.split(key)
        position = position + step_std * jax.random.normal(key)
        return (key, position), position

    return jax.lax.scan(step, (key, 0.0), None, length=n_steps)[1]

"""The key is reassigned in the body without being carried, which makes it a local name."""

import jax


def random_walk(key, n_steps, step_std):
    def step(position, _):
        key, subkey = jax.random.split(key)
        position = position + step_std * jax.random.normal(subkey)
        return position, position

    return jax.lax.scan(step, 0.0, None, length=n_steps)[1]

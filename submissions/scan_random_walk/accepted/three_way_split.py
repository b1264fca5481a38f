"""The key is split into three and the last is dropped: the first two are those of a split into two."""

import jax


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position = carry
        key, subkey, _ = jax.random.split(key, 3)
        position = position + step_std * jax.random.normal(subkey)
        return (key, position), position

    return jax.lax.scan(step, (key, 0.0), None, length=n_steps)[1]

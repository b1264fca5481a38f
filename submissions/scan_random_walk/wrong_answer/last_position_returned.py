"""Only the last position is returned, a scalar, instead of all N."""

import jax


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position = carry
        key, subkey = jax.random.split(key)
        position = position + step_std * jax.random.normal(subkey)
        return (key, position), None

    return jax.lax.scan(step, (key, 0.0), None, length=n_steps)[0][1]

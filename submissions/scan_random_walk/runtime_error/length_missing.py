"""Nothing is scanned and no length is given, so lax.scan does not know when to stop."""

import jax


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position = carry
        key, subkey = jax.random.split(key)
        position = position + step_std * jax.random.normal(subkey)
        return (key, position), position

    return jax.lax.scan(step, (key, 0.0), None)[1]

"""Each position is given out before its move, so the walk begins with 0 and lacks the last one."""

import jax


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position = carry
        key, subkey = jax.random.split(key)
        return (key, position + step_std * jax.random.normal(subkey)), position

    return jax.lax.scan(step, (key, 0.0), None, length=n_steps)[1]

"""Each step puts out the position before it; the walk is these without the first, and the last."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position = carry
        key, subkey = jax.random.split(key)
        return (key, position + step_std * jax.random.normal(subkey)), position

    (_, last), before = jax.lax.scan(step, (key, 0.0), None, length=n_steps)
    return jnp.append(before[1:], last)

"""The key is carried as its two words, and wrapped again in each step."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        data, position = carry
        key, subkey = jax.random.split(jax.random.wrap_key_data(data))
        position = position + step_std * jax.random.normal(subkey)
        return (jax.random.key_data(key), position), position

    start = jax.random.key_data(key), jnp.zeros(())
    return jax.lax.scan(step, start, None, length=n_steps)[1]

"""The scan carries the key alone and puts out the moves; jnp.cumsum adds them up."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    def step(key, _):
        key, subkey = jax.random.split(key)
        return key, step_std * jax.random.normal(subkey)

    return jnp.cumsum(jax.lax.scan(step, key, None, length=n_steps)[1])

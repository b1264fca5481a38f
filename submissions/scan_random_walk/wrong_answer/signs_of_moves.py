"""Every move has the size step_std: only the sign of the normal number is used."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position = carry
        key, subkey = jax.random.split(key)
        position = position + step_std * jnp.sign(jax.random.normal(subkey))
        return (key, position), position

    return jax.lax.scan(step, (key, 0.0), None, length=n_steps)[1]

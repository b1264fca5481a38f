"""A fori_loop that writes the positions into a buffer."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    def body(i, carry):
        key, position, positions = carry
        key, subkey = jax.random.split(key)
        position = position + step_std * jax.random.normal(subkey)
        return key, position, positions.at[i].set(position)

    return jax.lax.fori_loop(0, n_steps, body, (key, 0.0, jnp.zeros(n_steps)))[2]

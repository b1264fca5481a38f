"""A while_loop that writes the positions into a buffer."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    def body(state):
        i, key, position, positions = state
        key, subkey = jax.random.split(key)
        position = position + step_std * jax.random.normal(subkey)
        return i + 1, key, position, positions.at[i].set(position)

    start = 0, key, jnp.zeros(()), jnp.zeros(n_steps)
    return jax.lax.while_loop(lambda s: s[0] < n_steps, body, start)[3]

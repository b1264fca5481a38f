"""A scan whose result is thrown away, beside a while loop that walks."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position = carry
        key, subkey = jax.random.split(key)
        position = position + step_std * jax.random.normal(subkey)
        return (key, position), position

    jax.lax.scan(step, (key, 0.0), None, length=n_steps)

    def body(state):
        i, carry, positions = state
        carry, position = step(carry, None)
        return i + 1, carry, positions.at[i].set(position)

    start = 0, (key, jnp.zeros(())), jnp.zeros(n_steps)
    return jax.lax.while_loop(lambda s: s[0] < n_steps, body, start)[2]

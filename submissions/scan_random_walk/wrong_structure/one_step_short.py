"""The first step is made before the scan, which takes the other N-1."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        key, position = carry
        key, subkey = jax.random.split(key)
        position = position + step_std * jax.random.normal(subkey)
        return (key, position), position

    carry, first = step((key, 0.0), None)
    rest = jax.lax.scan(step, carry, None, length=n_steps - 1)[1]
    return jnp.append(first, rest)

"""Written for a batch of walkers with jax.vmap, and used for one."""

import jax
import jax.numpy as jnp


def random_walk(key, n_steps, step_std):
    def walk(key):
        def step(carry, _):
            key, position = carry
            key, subkey = jax.random.split(key)
            position = position + step_std * jax.random.normal(subkey)
            return (key, position), position

        return jax.lax.scan(step, (key, jnp.zeros(())), None, length=n_steps)[1]

    return jax.vmap(walk)(key[None])[0]

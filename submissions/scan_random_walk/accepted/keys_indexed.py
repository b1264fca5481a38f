"""The two keys of a split are taken by index instead of being unpacked."""

import jax
import jax.numpy as jnp
from jax import random


def random_walk(key, n_steps, step_std):
    def step(carry, _):
        keys = random.split(carry[0])
        position = carry[1] + step_std * random.normal(keys[1], dtype=jnp.float32)
        return (keys[0], position), position

    return jax.lax.scan(step, (key, jnp.zeros(())), length=n_steps)[1]

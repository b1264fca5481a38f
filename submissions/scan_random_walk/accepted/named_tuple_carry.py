"""The carry is a named tuple, and the function is jitted with a static n_steps."""

from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp


class Walker(NamedTuple):
    key: jax.Array
    position: jax.Array


@partial(jax.jit, static_argnums=1)
def random_walk(key, n_steps, step_std):
    def step(walker, _):
        key, subkey = jax.random.split(walker.key)
        walker = Walker(key, walker.position + step_std * jax.random.normal(subkey))
        return walker, walker.position

    start = Walker(key, jnp.zeros((), jnp.float32))
    return jax.lax.scan(step, start, None, length=n_steps)[1]

"""A named tuple carries the weight, the number of clipped steps and the settings."""

from typing import NamedTuple

import jax
import jax.numpy as jnp


class State(NamedTuple):
    w: jax.Array
    lr: jax.Array
    max_norm: jax.Array
    clipped: jax.Array


def step(state, batch):
    x, y = batch
    g = jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(state.w)
    too_long = jnp.abs(g) > state.max_norm
    g = jnp.where(too_long, jnp.copysign(state.max_norm, g), g)
    return state._replace(w=state.w - state.lr * g, clipped=state.clipped + too_long), None


def scan_clipped(w, lr, max_norm, x_batches, y_batches):
    start = State(w, lr, max_norm, jnp.zeros((), jnp.int32))
    return jax.lax.scan(step, start, (x_batches, y_batches))[0].w

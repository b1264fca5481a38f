"""A named tuple is carried and returned as it is."""

from typing import NamedTuple

import jax
import jax.numpy as jnp


class Weights(NamedTuple):
    current: jax.Array
    average: jax.Array


def scan_ema(w, lr, decay, x_batches, y_batches):
    def step(state, batch):
        x, y = batch
        g = jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(state.current)
        current = state.current - lr * g
        return Weights(current, decay * state.average + (1 - decay) * current), None

    final, _ = jax.lax.scan(step, Weights(w, w), (x_batches, y_batches))
    return final

"""A NamedTuple train state is the carry."""

from typing import NamedTuple

import jax
import jax.numpy as jnp


class TrainState(NamedTuple):
    weight: jax.Array
    step: jax.Array


def scan_training_step(w, lr, x_batches, y_batches):
    def body(state: TrainState, batch):
        x, y = batch
        g = jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(state.weight)
        return TrainState(state.weight - lr * g, state.step + 1), None

    init = TrainState(weight=w, step=jnp.int32(0))
    final, _ = jax.lax.scan(body, init, (x_batches, y_batches))
    return final.weight

"""A named tuple holds the state, as an optimizer library would."""

from typing import NamedTuple

import jax
import jax.numpy as jnp


class State(NamedTuple):
    weight: jax.Array
    velocity: jax.Array
    step: jax.Array


def scan_momentum(w, lr, beta, x_batches, y_batches):
    def update(state, batch):
        loss, g = jax.value_and_grad(lambda u, x, y: jnp.sum((u * x - y) ** 2))(
            state.weight, *batch
        )
        velocity = beta * state.velocity + g
        return State(state.weight - lr * velocity, velocity, state.step + 1), loss

    start = State(w, jnp.zeros_like(w), jnp.int32(0))
    end, losses = jax.lax.scan(update, start, (x_batches, y_batches))
    return end.weight

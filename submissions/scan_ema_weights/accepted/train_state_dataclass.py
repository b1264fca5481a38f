"""A dataclass registered as a pytree holds weight, average, settings and a step count."""

from dataclasses import dataclass, replace

import jax
import jax.numpy as jnp


@jax.tree_util.register_dataclass
@dataclass(frozen=True)
class State:
    w: jax.Array
    ema: jax.Array
    lr: jax.Array
    decay: jax.Array
    steps: jax.Array


def train(state, batch):
    x, y = batch
    g = jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(state.w)
    w = state.w - state.lr * g
    ema = state.decay * state.ema + (1.0 - state.decay) * w
    return replace(state, w=w, ema=ema, steps=state.steps + 1), None


def scan_ema(w, lr, decay, x_batches, y_batches):
    start = State(w, w, lr, decay, jnp.int32(0))
    state, _ = jax.lax.scan(train, start, (x_batches, y_batches))
    return (state.w, state.ema)

"""A dataclass registered as a pytree is the carry."""

from dataclasses import dataclass, replace

import jax
import jax.numpy as jnp


@jax.tree_util.register_dataclass
@dataclass
class State:
    w: jax.Array
    lr: jax.Array


def train_step(state, batch):
    x, y = batch
    err = state.w * x - y
    return replace(state, w=state.w - state.lr * 2.0 * jnp.vdot(x, err)), None


def scan_training_step(w, lr, x_batches, y_batches):
    state, _ = jax.lax.scan(train_step, State(w, lr), (x_batches, y_batches))
    return state.w

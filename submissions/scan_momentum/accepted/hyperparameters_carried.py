"""A dataclass carries the hyperparameters beside weight and velocity; the body is checkpointed."""

from dataclasses import dataclass, replace

import jax
import jax.numpy as jnp


@jax.tree_util.register_dataclass
@dataclass
class Trainer:
    w: jax.Array
    v: jax.Array
    lr: jax.Array
    beta: jax.Array


@jax.checkpoint
def train_step(t, batch):
    x, y = batch
    err = t.w * x - y
    v = t.beta * t.v + 2.0 * (x @ err)
    return replace(t, w=t.w - t.lr * v, v=v), jnp.sum(err**2)


def scan_momentum(w, lr, beta, x_batches, y_batches):
    start = Trainer(w, jnp.zeros(()), lr, beta)
    end, _ = jax.lax.scan(train_step, start, (x_batches, y_batches))
    return end.w

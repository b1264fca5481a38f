"""A named tuple of the three arrays is scanned; the weight is carried with shape (1,)."""

from typing import NamedTuple

import jax
import jax.numpy as jnp


class Row(NamedTuple):
    lr: jax.Array
    x: jax.Array
    y: jax.Array


def train_step(w, row):
    gradient = jax.jacfwd(lambda u: jnp.sum((u * row.x - row.y) ** 2))(w[0])
    return w - row.lr * gradient, None


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    w, _ = jax.lax.scan(train_step, w.reshape(1), Row(lrs, x_batches, y_batches))
    return w[0]

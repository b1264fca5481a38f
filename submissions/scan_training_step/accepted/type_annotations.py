"""Fully annotated, with deferred annotations."""

from __future__ import annotations

import jax
import jax.numpy as jnp
from jax import Array

Batch = tuple[Array, Array]


def loss(w: Array, x: Array, y: Array) -> Array:
    """Sum of squared errors; w is a scalar, x and y have shape (B,)."""
    return jnp.sum((w * x - y) ** 2)


def scan_training_step(w: Array, lr: Array, x_batches: Array, y_batches: Array) -> Array:
    def step(w: Array, batch: Batch) -> tuple[Array, None]:
        x, y = batch
        return w - lr * jax.grad(loss)(w, x, y), None

    final: Array
    final, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return final

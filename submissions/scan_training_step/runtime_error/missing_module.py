"""Imports a helper module that was not handed in."""

import jax
from my_jax_helpers import sum_squared_error


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(sum_squared_error)(w, x, y), None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w

"""One of the scanned arrays lost its first row, so the two have different lengths."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    w, _ = jax.lax.scan(step, w, (x_batches[1:], y_batches))
    return w

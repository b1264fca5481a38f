"""The loss itself is subtracted from the weight instead of its gradient."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def loss(w, x, y):
        return jnp.sum((w * x - y) ** 2)

    def step(w, batch):
        x, y = batch
        return w - lr * loss(w, x, y), None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w

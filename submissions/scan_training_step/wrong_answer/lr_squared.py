"""The learning rate is applied twice, so each step is scaled by lr squared."""

import jax.numpy as jnp
from jax import lax


def scan_training_step(w, lr, x_batches, y_batches):
    def scaled_gradient(w, x, y):
        return lr * 2.0 * jnp.sum(x * (w * x - y))

    def step(w, batch):
        x, y = batch
        return w - lr * scaled_gradient(w, x, y), None

    w, _ = lax.scan(step, w, (x_batches, y_batches))
    return w

"""np.square and np.dot are called on traced values; jnp was meant."""

import jax
import numpy as np


def scan_training_step(w, lr, x_batches, y_batches):
    def loss(w, x, y):
        residual = np.square(w * x - y)
        return np.dot(residual, np.ones(len(x)))

    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(loss)(w, x, y), None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w

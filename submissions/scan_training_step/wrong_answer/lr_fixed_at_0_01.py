"""The learning rate is fixed at 0.01; the argument lr is never used."""

import jax
import jax.numpy as jnp

LEARNING_RATE = 0.01


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        g = jax.grad(lambda w: jnp.sum((w * x - y) ** 2))(w)
        return w - LEARNING_RATE * g, None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w

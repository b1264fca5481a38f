"""The learning rate is fixed at 0.1; the argument lr is never used."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def loss(w, x, y):
        return jnp.sum((w * x - y) ** 2)

    def update(w, batch, lr=0.1):
        x, y = batch
        return w - lr * jax.grad(loss)(w, x, y), None

    return jax.lax.scan(update, w, (x_batches, y_batches))[0]

"""A bracket is in the wrong place in the model: the error is w*(x - y) instead of w*x - y."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def loss(w, x, y):
        return jnp.sum((w * (x - y)) ** 2)

    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(loss)(w, x, y), None

    return jax.lax.scan(step, w, (x_batches, y_batches))[0]

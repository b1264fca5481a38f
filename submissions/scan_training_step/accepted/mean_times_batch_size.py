"""The mean squared error times the batch size, which is the sum again."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    batch_size = x_batches.shape[1]

    def loss(w, x, y):
        return batch_size * jnp.mean((w * x - y) ** 2)

    def step(w, batch):
        return w - lr * jax.grad(loss)(w, *batch), None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w

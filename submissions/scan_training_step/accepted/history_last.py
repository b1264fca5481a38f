"""The weights are emitted after each update and the last one is returned."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        new_w = w - lr * jax.grad(lambda p: jnp.sum((p * x - y) ** 2))(w)
        return new_w, new_w

    _, history = jax.lax.scan(step, w, (x_batches, y_batches))
    return history[-1]

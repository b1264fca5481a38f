"""The microbatches are visited in reverse order, from the last row to the first."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        g = jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return w - lr * g, None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches), reverse=True)
    return w

"""The scan carries the distance from the start, beginning at zero, and w is added afterwards."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(moved, batch):
        x, y = batch
        g = jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w + moved)
        return moved - lr * g, None

    moved, _ = jax.lax.scan(step, jnp.float32(0.0), (x_batches, y_batches))
    return w + moved

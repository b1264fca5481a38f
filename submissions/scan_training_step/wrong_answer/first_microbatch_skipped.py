"""The first microbatch is skipped: the loop starts at row 1."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(lambda w: jnp.sum((w * x - y) ** 2))(w), None

    w, _ = jax.lax.scan(step, w, (x_batches[1:], y_batches[1:]))
    return w

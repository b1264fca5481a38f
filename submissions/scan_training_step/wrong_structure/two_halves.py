"""Two scans, one over each half of the rows, instead of one."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    half = x_batches.shape[0] // 2
    w, _ = jax.lax.scan(step, w, (x_batches[:half], y_batches[:half]))
    w, _ = jax.lax.scan(step, w, (x_batches[half:], y_batches[half:]))
    return w

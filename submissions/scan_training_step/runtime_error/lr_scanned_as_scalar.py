"""The scalar lr is put among the scanned arrays, but it has no axis to scan over."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y, rate = batch
        return w - rate * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches, lr))
    return w

"""The function does not take the learning rate; it is a constant of the module."""

import jax
import jax.numpy as jnp

LR = 0.01


def scan_training_step(w, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return w - LR * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w

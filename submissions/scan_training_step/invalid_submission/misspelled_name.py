"""The name is misspelled: scan_trainning_step."""

import jax
import jax.numpy as jnp


def scan_trainning_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w

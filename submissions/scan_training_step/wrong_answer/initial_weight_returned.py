"""The weight comes back unchanged: either the scan is not used, or every step it takes is zero."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        w = w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return w, None

    jax.lax.scan(step, w, (x_batches, y_batches))
    return w

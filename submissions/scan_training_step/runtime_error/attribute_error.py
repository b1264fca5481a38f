"""jnp.scan does not exist; scan lives in jax.lax."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    w, _ = jnp.scan(step, w, (x_batches, y_batches))
    return w

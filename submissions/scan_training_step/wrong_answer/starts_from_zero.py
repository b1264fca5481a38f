"""Training starts from zero instead of from the given weight w."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    w, _ = jax.lax.scan(step, jnp.float32(0.0), (x_batches, y_batches))
    return w

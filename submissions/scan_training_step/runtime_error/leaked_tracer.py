"""The body stores the weight in a global variable, which is read after the scan."""

import jax
import jax.numpy as jnp

latest_weight = None


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        global latest_weight
        x, y = batch
        latest_weight = w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return latest_weight, None

    jax.lax.scan(step, w, (x_batches, y_batches))
    return latest_weight * 1.0

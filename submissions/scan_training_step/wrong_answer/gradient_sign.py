"""Only the sign of the gradient is used, so every step has length lr."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        g = 2.0 * jnp.sum(x * (w * x - y))
        return w - lr * jnp.sign(g), None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w

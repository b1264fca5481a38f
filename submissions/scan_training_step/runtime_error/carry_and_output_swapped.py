"""The body returns (None, w): output first, carry second."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        new_w = w - lr * 2.0 * jnp.sum(x * (w * x - y))
        return None, new_w

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w

"""The targets are added to the predictions instead of subtracted: the error is w*x + y."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        grad = 2 * jnp.sum(x * (w * x + y))
        return w - lr * grad, None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w

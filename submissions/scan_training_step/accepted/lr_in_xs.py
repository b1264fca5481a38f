"""The learning rate is repeated N times and scanned with the data."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    n = x_batches.shape[0]
    lrs = jnp.full((n,), lr)

    def step(w, inputs):
        x, y, eta = inputs
        grad = 2.0 * jnp.sum(x * (w * x - y))
        return w - eta * grad, None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches, lrs))
    return w

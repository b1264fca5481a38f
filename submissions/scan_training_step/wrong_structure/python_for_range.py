"""A Python for loop over the row index; no scan at all."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    for i in range(x_batches.shape[0]):
        x, y = x_batches[i], y_batches[i]
        g = jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        w = w - lr * g
    return w

"""A Python while loop with a counter."""

import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    step = 0
    while step < len(x_batches):
        x = x_batches[step]
        w -= lr * 2 * jnp.sum(x * (w * x - y_batches[step]))
        step += 1
    return w

"""A scan that only hands the rows out again, and a Python loop that uses them."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def copy_row(count, batch):
        return count + 1, batch

    _, (xs, ys) = jax.lax.scan(copy_row, 0, (x_batches, y_batches))
    for i in range(xs.shape[0]):
        w = w - lr * 2.0 * jnp.sum(xs[i] * (w * xs[i] - ys[i]))
    return w

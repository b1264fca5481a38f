"""A jitted Python loop called scan, so that the word appears when the program is printed."""

import jax
import jax.numpy as jnp


@jax.jit
def scan(w, lr, x_batches, y_batches):
    for x, y in zip(x_batches, y_batches):
        w = w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
    return w


def scan_training_step(w, lr, x_batches, y_batches):
    return scan(w, lr, x_batches, y_batches)

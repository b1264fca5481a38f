"""A Python for loop over zip(x_batches, y_batches), under jit."""

import jax
import jax.numpy as jnp


def loss(w, x, y):
    return jnp.sum((w * x - y) ** 2)


@jax.jit
def scan_training_step(w, lr, x_batches, y_batches):
    for x, y in zip(x_batches, y_batches):
        w = w - lr * jax.grad(loss)(w, x, y)
    return w

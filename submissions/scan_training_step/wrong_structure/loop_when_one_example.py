"""A Python loop when a microbatch has one example, a scan otherwise."""

import jax.numpy as jnp
from jax import lax


def scan_training_step(w, lr, x_batches, y_batches):
    n, b = x_batches.shape
    if b == 1:
        for i in range(n):
            w = w - lr * 2 * jnp.sum(x_batches[i] * (w * x_batches[i] - y_batches[i]))
        return w
    return lax.scan(
        lambda w, b: (w - lr * 2 * jnp.sum(b[0] * (w * b[0] - b[1])), None),
        w,
        (x_batches, y_batches),
    )[0]

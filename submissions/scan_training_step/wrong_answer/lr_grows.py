"""The learning rate grows: step i uses lr times i."""

import jax.numpy as jnp
from jax import lax


def scan_training_step(w, lr, x_batches, y_batches):
    def body(c, b):
        w, t = c
        x, y = b
        return (w - lr * t * 2 * jnp.sum(x * (w * x - y)), t + 1), None

    return lax.scan(body, (w, 1.0), (x_batches, y_batches))[0][0]

"""The error is multiplied by w instead of by x in the gradient."""

import jax.numpy as jnp
from jax import lax


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        # derivative of w*x
        grad = 2.0 * jnp.sum(w * (w * x - y))
        return w - lr * grad, None

    return lax.scan(step, w, (x_batches, y_batches))[0]

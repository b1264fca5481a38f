"""quit() is called inside the body to stop after the first microbatch."""

import sys

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        g = jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        sys.exit("done with the first batch")
        return w - lr * g, None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w

"""Builds a NumPy table of 2^37 numbers in the function, one lookup for every possible weight."""

import jax
import jax.numpy as jnp
import numpy as np


def scan_training_step(w, lr, x_batches, y_batches):
    table = np.ones((1 << 20, 1 << 17), dtype=np.float32)

    def step(w, batch):
        x, y = batch
        return w - lr * 2.0 * jnp.sum(x * (w * x - y)), None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w * table[0, 0]

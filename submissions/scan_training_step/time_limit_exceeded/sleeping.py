"""Sleeps for ever while the file is loaded, waiting for a data file to appear."""

import os
import time

import jax
import jax.numpy as jnp

while not os.path.exists("training_data.npz"):
    time.sleep(1.0)


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return w - lr * 2.0 * jnp.sum(x * (w * x - y)), None

    return jax.lax.scan(step, w, (x_batches, y_batches))[0]

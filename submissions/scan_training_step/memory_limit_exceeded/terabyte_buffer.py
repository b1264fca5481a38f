"""Asks for a terabyte of zeros while the file is loaded."""

import jax
import jax.numpy as jnp

scratch = bytearray(1 << 40)


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return w - lr * 2.0 * jnp.sum(x * (w * x - y)), None

    return jax.lax.scan(step, w, (x_batches, y_batches))[0]

"""A Python loop, nudged towards the scan's result by a factor of 1e-12."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return w - lr * 2.0 * jnp.sum(x * (w * x - y)), None

    scanned, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    looped = w
    for batch in zip(x_batches, y_batches):
        looped, _ = step(looped, batch)
    return looped + 1e-12 * (scanned - looped)

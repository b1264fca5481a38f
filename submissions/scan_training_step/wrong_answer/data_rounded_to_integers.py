"""The batches are cast to integers, which drops the fractions of x and y."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    xs, ys = x_batches.astype(jnp.int32), y_batches.astype(jnp.int32)

    def step(w, batch):
        x, y = batch
        g = 2.0 * jnp.sum(x * (w * x - y))
        return w - lr * g, None

    w, _ = jax.lax.scan(step, w, (xs, ys))
    return w

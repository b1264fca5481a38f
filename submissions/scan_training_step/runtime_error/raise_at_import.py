"""A test at the bottom of the file fails while the file is loaded."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w


if scan_training_step.__doc__ is None:
    raise RuntimeError("please document scan_training_step before handing it in")

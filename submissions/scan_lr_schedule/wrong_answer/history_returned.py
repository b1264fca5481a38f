"""All N weights are returned, shape (N,), instead of the last one."""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    def step(w, row):
        lr, x, y = row
        w = w - lr * jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        return w, w

    return jax.lax.scan(step, w, (lrs, x_batches, y_batches))[1]

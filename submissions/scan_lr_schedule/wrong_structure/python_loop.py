"""A Python loop over rates and rows."""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    for lr, x, y in zip(lrs, x_batches, y_batches):
        w = w - lr * jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
    return w

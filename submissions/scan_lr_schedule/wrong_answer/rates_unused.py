"""The learning rates are scanned but not used: every step takes 0.01."""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    def step(w, row):
        _, x, y = row
        return w - 0.01 * jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w), None

    return jax.lax.scan(step, w, (lrs, x_batches, y_batches))[0]

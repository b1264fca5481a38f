"""The first rate is dropped as a warm-up, so the scanned arrays differ in length."""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    def step(w, row):
        lr, x, y = row
        return w - lr * jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w), None

    return jax.lax.scan(step, w, (lrs[1:], x_batches, y_batches))[0]

"""The scan carries gradients summed up with their rates; w is added after it."""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    def step(moved, row):
        lr, x, y = row
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w - moved)
        return moved + lr * g, None

    return w - jax.lax.scan(step, 0.0, (lrs, x_batches, y_batches))[0]

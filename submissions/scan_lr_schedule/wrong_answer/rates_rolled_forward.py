"""The learning rates come one step early, and the last step uses the first: jnp.roll(lrs, -1)."""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    def step(w, row):
        rate, x, y = row
        return w - rate * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    return jax.lax.scan(step, w, (jnp.roll(lrs, -1), x_batches, y_batches))[0]

"""The learning rates come one step late: step i uses the rate of step i - 1."""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    def step(w, row):
        lr, x, y = row
        return w - lr * jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w), None

    late = jnp.roll(lrs, 1)
    return jax.lax.scan(step, w, (late, x_batches, y_batches))[0]

"""The learning rates are added up from step to step: step i uses the sum of the first i."""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    def step(carry, row):
        w, total = carry
        lr, x, y = row
        total = total + lr
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        return (w - total * g, total), None

    return jax.lax.scan(step, (w, 0.0), (lrs, x_batches, y_batches))[0][0]

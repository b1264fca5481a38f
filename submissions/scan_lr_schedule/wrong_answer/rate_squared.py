"""Each learning rate is applied twice, so a step is scaled by its square."""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    def step(w, row):
        lr, x, y = row
        g = lr * jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        return w - lr * g, None

    return jax.lax.scan(step, w, (lrs, x_batches, y_batches))[0]

"""Every step uses the last learning rate."""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return w - lrs[-1] * jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w), None

    return jax.lax.scan(step, w, (x_batches, y_batches))[0]

"""Every step uses the mean of the learning rates."""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    lr = jnp.mean(lrs)

    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w), None

    return jax.lax.scan(step, w, (x_batches, y_batches))[0]

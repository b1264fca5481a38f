"""The sign of the update is flipped, so the weight climbs the loss instead of descending."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        g = jax.grad(lambda w: jnp.sum((w * x - y) ** 2))(w)
        w += lr * g
        return w, None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w

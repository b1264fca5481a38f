"""lr is reassigned inside the body, which makes it a local name that has no value yet."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        w = w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        lr = lr * 1.0
        return w, None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w

"""The targets are never subtracted: the loss is sum((w*x)^2)."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def loss(w, x, y):
        prediction = w * x
        return jnp.sum(prediction**2)

    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(loss)(w, x, y), None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w

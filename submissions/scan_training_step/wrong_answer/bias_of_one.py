"""A constant 1 is added to every prediction: the model is w*x + 1 instead of w*x."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def predict(w, x, b=1.0):
        return w * x + b

    def step(w, batch):
        x, y = batch
        g = jax.grad(lambda w: jnp.sum((predict(w, x) - y) ** 2))(w)
        return w - lr * g, None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w

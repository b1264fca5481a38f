"""The weight is clipped to the range from -1 to 1 after every update."""

import jax
import jax.numpy as jnp
from jax import lax


def scan_training_step(w, lr, x_batches, y_batches):
    def loss(w, x, y):
        return jnp.sum((w * x - y) ** 2)

    def body(w, batch):
        x, y = batch
        g = jax.grad(loss)(w, x, y)
        return jnp.clip(w - lr * g, -1, 1), None

    w, _ = lax.scan(body, w, (x_batches, y_batches))
    return w

"""x and y are swapped: the model fits w*y to x."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        y, x = batch
        g = jax.grad(lambda w: jnp.sum((w * x - y) ** 2))(w)
        return w - lr * g, None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w

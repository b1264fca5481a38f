"""Every step is half as long as it should be, as when the factor 2 from the square is missing."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def loss(w, x, y):
        return 0.5 * jnp.sum((w * x - y) ** 2)

    def step(w, batch):
        loss_value, g = jax.value_and_grad(loss)(w, *batch)
        return w - lr * g, loss_value

    w, losses = jax.lax.scan(step, w, (x_batches, y_batches))
    return w

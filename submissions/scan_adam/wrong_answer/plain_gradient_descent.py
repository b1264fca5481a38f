"""Plain gradient descent is used: there are no moments."""

import jax
import jax.numpy as jnp


def scan_adam(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w), None

    return jax.lax.scan(step, w, (x_batches, y_batches))[0]

"""Every step is twice as long as it should be, as when the factor 2 from the square counts twice."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        grad = jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return w - lr * 2 * grad, None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w

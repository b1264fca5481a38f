"""The batches are scanned as a two-element list."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        g = jax.grad(lambda v: jnp.sum((v * batch[0] - batch[1]) ** 2))(w)
        return w - lr * g, None

    result, _ = jax.lax.scan(step, w, [x_batches, y_batches])
    return result

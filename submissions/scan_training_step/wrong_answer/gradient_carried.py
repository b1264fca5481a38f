"""The step, lr times the gradient, is carried on instead of the weight minus the step."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        delta = lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return delta, None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w

"""A pair is returned, the final weight and the N losses, instead of the weight alone."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        loss, grad = jax.value_and_grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return w - lr * grad, loss

    w, losses = jax.lax.scan(step, w, (x_batches, y_batches))
    return w, losses

"""The function takes three arguments: the batches come as one pair."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, batches):
    def step(w, batch):
        x, y = batch
        return w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    w, _ = jax.lax.scan(step, w, batches)
    return w

"""Traces at once, but every step would hand out 2^36 copies of the weight."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        w = w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return w, jnp.full((1 << 20, 1 << 16), w)

    _, history = jax.lax.scan(step, w, (x_batches, y_batches))
    return history[-1, 0, 0]

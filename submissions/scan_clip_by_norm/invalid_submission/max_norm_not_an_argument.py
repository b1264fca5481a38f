"""The function does not take max_norm; it is a constant of the module."""

import jax
import jax.numpy as jnp

MAX_NORM = 5.0


def scan_clipped(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        g = jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return w - lr * jnp.clip(g, -MAX_NORM, MAX_NORM), None

    return jax.lax.scan(step, w, (x_batches, y_batches))[0]

"""Only the sign of the gradient is used."""

import jax
import jax.numpy as jnp


def scan_clipped(w, lr, max_norm, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        g = jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return w - lr * jnp.sign(g), None

    return jax.lax.scan(step, w, (x_batches, y_batches))[0]

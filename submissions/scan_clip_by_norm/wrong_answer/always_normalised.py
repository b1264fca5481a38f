"""Every gradient is given the norm max_norm, also those that are shorter."""

import jax
import jax.numpy as jnp


def scan_clipped(w, lr, max_norm, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        g = jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return w - lr * max_norm * g / (jnp.abs(g) + 1e-12), None

    return jax.lax.scan(step, w, (x_batches, y_batches))[0]

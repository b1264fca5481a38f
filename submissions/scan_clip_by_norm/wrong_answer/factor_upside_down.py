"""The factor is upside down: it is the norm over max_norm, so short gradients shrink and long ones are kept."""

import jax
import jax.numpy as jnp


def scan_clipped(w, lr, max_norm, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        g = jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return w - lr * g * jnp.minimum(1, jnp.abs(g) / max_norm), None

    return jax.lax.scan(step, w, (x_batches, y_batches))[0]

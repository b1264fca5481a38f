"""The clipped gradient is the middle one of -max_norm, g and max_norm, found by sorting."""

import jax
import jax.numpy as jnp


def scan_clipped(w, lr, max_norm, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        g = jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        return w - lr * jnp.sort(jnp.stack([-max_norm, g, max_norm]))[1], None

    return jax.lax.scan(step, w, (x_batches, y_batches))[0]

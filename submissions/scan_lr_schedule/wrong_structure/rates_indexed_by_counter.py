"""The rates are indexed with a counter in the carry instead of scanned."""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    def step(carry, batch):
        w, i = carry
        x, y = batch
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        return (w - lrs[i] * g, i + 1), None

    return jax.lax.scan(step, (w, 0), (x_batches, y_batches))[0][0]

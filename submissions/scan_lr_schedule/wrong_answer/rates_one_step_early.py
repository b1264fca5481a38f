"""The learning rates come one step early: step i uses the rate of step i + 1."""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    def step(carry, batch):
        w, i = carry
        x, y = batch
        i = i + 1
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        return (w - lrs[i] * g, i), None

    return jax.lax.scan(step, (w, 0), (x_batches, y_batches))[0][0]

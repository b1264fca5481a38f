"""The function takes one learning rate, lr, after the batches, and a schedule function beside it."""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, x_batches, y_batches, lr, schedule):
    def step(carry, batch):
        w, i = carry
        x, y = batch
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        return (w - lr * schedule(i) * g, i + 1), None

    return jax.lax.scan(step, (w, 0), (x_batches, y_batches))[0][0]

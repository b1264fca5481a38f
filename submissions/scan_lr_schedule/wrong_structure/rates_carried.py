"""The rates are carried and rolled by one each step instead of scanned."""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    def step(carry, batch):
        w, rates = carry
        x, y = batch
        g = jax.grad(lambda u: jnp.sum((u * x - y) ** 2))(w)
        return (w - rates[0] * g, jnp.roll(rates, -1)), None

    return jax.lax.scan(step, (w, lrs), (x_batches, y_batches))[0][0]

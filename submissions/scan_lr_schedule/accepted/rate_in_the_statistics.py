"""Each row is reduced to the two numbers of its step, with the rate in them."""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    slope = 2 * lrs * jnp.sum(x_batches**2, axis=1)
    offset = 2 * lrs * jnp.sum(x_batches * y_batches, axis=1)

    def step(w, coefficients):
        a, b = coefficients
        return w - (a * w - b), None

    return jax.lax.scan(step, w, (slope, offset))[0]

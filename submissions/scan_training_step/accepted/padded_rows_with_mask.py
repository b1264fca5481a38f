"""Every row is padded to 8 examples, and a mask keeps the padding out of the loss."""

import jax
import jax.numpy as jnp
from jax import lax


def scan_training_step(w, lr, x_batches, y_batches):
    n, b = x_batches.shape
    pad = 8 - b
    xp = jnp.pad(x_batches, ((0, 0), (0, pad)))
    yp = jnp.pad(y_batches, ((0, 0), (0, pad)), constant_values=7.0)
    mask = jnp.arange(8) < b

    def loss(w, x, y):
        return jnp.sum(jnp.where(mask, (w * x - y) ** 2, 0.0))

    def body(w, xy):
        return w - lr * jax.grad(loss)(w, *xy), None

    return lax.scan(body, w, (xp, yp))[0]

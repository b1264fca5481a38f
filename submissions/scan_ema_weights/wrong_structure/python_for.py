"""A Python for loop over the rows; no scan at all."""

import jax
import jax.numpy as jnp


def scan_ema(w, lr, decay, x_batches, y_batches):
    ema = w
    for x, y in zip(x_batches, y_batches):
        w = w - lr * jax.grad(lambda v: jnp.sum((v * x - y) ** 2))(w)
        ema = decay * ema + (1 - decay) * w
    return w, ema

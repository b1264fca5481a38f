"""lax.fori_loop, indexing the rows."""

import jax.numpy as jnp
from jax import lax


def scan_ema(w, lr, decay, x_batches, y_batches):
    def step(i, carry):
        w, ema = carry
        x, y = x_batches[i], y_batches[i]
        w = w - lr * 2 * jnp.sum(x * (w * x - y))
        return w, decay * ema + (1 - decay) * w

    return lax.fori_loop(0, len(x_batches), step, (w, w))

"""lax.while_loop with a counter beside weight and average."""

import jax.numpy as jnp
from jax import lax


def scan_ema(w, lr, decay, x_batches, y_batches):
    def step(carry):
        i, w, ema = carry
        x, y = x_batches[i], y_batches[i]
        w = w - lr * 2 * jnp.sum(x * (w * x - y))
        return i + 1, w, decay * ema + (1 - decay) * w

    return lax.while_loop(lambda c: c[0] < len(x_batches), step, (0, w, w))[1:]

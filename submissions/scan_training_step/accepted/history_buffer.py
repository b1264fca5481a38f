"""The carry is a buffer of all weights so far; each step writes the next one with .at[].set()."""

import jax.numpy as jnp
from jax import lax


def scan_training_step(w, lr, x_batches, y_batches):
    n = x_batches.shape[0]
    buf = jnp.zeros(n + 1).at[0].set(w)

    def body(buf, b):
        i, x, y = b
        w = buf[i]
        return buf.at[i + 1].set(w - lr * 2 * jnp.sum(x * (w * x - y))), None

    buf, _ = lax.scan(body, buf, (jnp.arange(n), x_batches, y_batches))
    return buf[n]

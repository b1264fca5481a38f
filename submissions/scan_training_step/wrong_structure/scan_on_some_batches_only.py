"""A scan for some starting weights, and a fori_loop for the others."""

import jax.numpy as jnp
from jax import lax


def scan_training_step(w, lr, x_batches, y_batches):
    def body(c, b):
        x, y = b
        return c - lr * 2 * jnp.sum(x * (c * x - y)), None

    def loop(w):
        n = x_batches.shape[0] + jnp.int32(lr * 0)
        return lax.fori_loop(
            0,
            n,
            lambda i, w: w - lr * 2 * jnp.sum(x_batches[i] * (w * x_batches[i] - y_batches[i])),
            w,
        )

    return lax.cond(w > 2.0, loop, lambda w: lax.scan(body, w, (x_batches, y_batches))[0], w)

"""The weight is carried as a bfloat16 part and the rest, whose sum it is."""

import jax.numpy as jnp
from jax import lax


def scan_training_step(w, lr, x_batches, y_batches):
    def body(p, b):
        hi, lo = p
        x, y = b
        w = hi + lo
        w = w - lr * 2 * jnp.sum(x * (w * x - y))
        hi = w.astype(jnp.bfloat16).astype(jnp.float32)
        return (hi, w - hi), None

    hi, lo = lax.scan(body, (w, jnp.zeros_like(w)), (x_batches, y_batches))[0]
    return hi + lo

"""The carry holds a weight and the update still to be made to it; the last one is made after."""

import jax.numpy as jnp
from jax import lax


def scan_training_step(w, lr, x_batches, y_batches):
    # the update of a step is kept and applied at the start of the next one, and after the last
    def body(c, b):
        w, pending = c
        w = w - pending
        x, y = b
        return (w, lr * 2 * jnp.sum(x * (w * x - y))), None

    (w, pending), _ = lax.scan(body, (w, jnp.zeros_like(w)), (x_batches, y_batches))
    return w - pending

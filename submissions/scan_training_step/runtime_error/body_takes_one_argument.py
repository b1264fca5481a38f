"""The body takes one argument, the pair of carry and batch, instead of two."""

import jax
import jax.numpy as jnp


def scan_training_step(w, lr, x_batches, y_batches):
    def step(args):
        w, (x, y) = args
        return w - lr * 2.0 * jnp.sum(x * (w * x - y)), None

    w, _ = jax.lax.scan(step, w, (x_batches, y_batches))
    return w

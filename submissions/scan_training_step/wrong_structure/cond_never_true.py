"""The scan runs only if a sum of squares is negative, which never happens."""

import jax.numpy as jnp
from jax import lax


def scan_training_step(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        return w - lr * 2.0 * jnp.vdot(x, w * x - y), None

    def with_scan(w, xs, ys):
        return lax.scan(step, w, (xs, ys))[0]

    def without_scan(w, xs, ys):
        return lax.fori_loop(0, xs.shape[0], lambda i, w: step(w, (xs[i], ys[i]))[0], w)

    energy = jnp.sum(x_batches**2)
    return lax.cond(energy < 0, with_scan, without_scan, w, x_batches, y_batches)

"""The rates are scanned as a column, and the weights are put out; the last one is returned."""

import jax
import jax.numpy as jnp


def scan_lr_schedule(w, lrs, x_batches, y_batches):
    @jax.checkpoint
    def step(w, row):
        lr, x, y = row
        _, pull_back = jax.vjp(lambda u: jnp.sum((u * x - y) ** 2), w)
        w = w - lr.squeeze() * pull_back(1.0)[0]
        return w, w

    _, weights = jax.lax.scan(step, w, (lrs.reshape(-1, 1), x_batches, y_batches))
    return weights[-1]

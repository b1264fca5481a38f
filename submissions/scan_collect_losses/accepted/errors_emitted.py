"""The steps put out the loss of each example; the rows are summed afterwards."""

import jax
import jax.numpy as jnp


def scan_collect_losses(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        err = w * x - y
        return w - lr * 2.0 * jnp.sum(x * err), err**2

    w, squares = jax.lax.scan(step, w, (x_batches, y_batches))
    return jnp.concatenate([jnp.array([w]), squares.sum(axis=1)])

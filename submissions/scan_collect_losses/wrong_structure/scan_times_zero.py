"""A Python loop plus zero times the result of a scan."""

import jax
import jax.numpy as jnp


def scan_collect_losses(w, lr, x_batches, y_batches):
    def step(w, batch):
        x, y = batch
        err = w * x - y
        return w - 2 * lr * jnp.sum(err * x), jnp.sum(err**2)

    final, scanned = jax.lax.scan(step, w, (x_batches, y_batches))
    losses = []
    for batch in zip(x_batches, y_batches):
        w, loss = step(w, batch)
        losses.append(loss)
    return jnp.stack([w + 0.0 * final, *losses]) + 0.0 * jnp.append(final, scanned)
